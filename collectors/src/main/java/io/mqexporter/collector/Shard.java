package io.mqexporter.collector;

import java.nio.charset.StandardCharsets;

/**
 * The share that one of several agents has of the clusters that all of them read. Each consumer
 * group, each topic or queue, and what a cluster is as a whole belongs to just one of them, by its
 * name alone: nothing is agreed on between them. A queue goes with those of the same name in other
 * virtual hosts.
 *
 * <p>With one agent more, only as much moves as that one takes: names are hashed by FNV-1a and
 * spread by jump consistent hashing (Lamping and Veach, 2014).
 *
 * @param ordinal which of them this is, from 0 on
 * @param total how many there are
 */
public record Shard(int ordinal, int total) {

  /** All of everything. */
  public static final Shard WHOLE = new Shard(0, 1);

  private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long JUMP_FACTOR = 2862933555777941757L;

  /** Checks that there is such a share. */
  public Shard {
    if (ordinal < 0 || ordinal >= total) {
      throw new IllegalArgumentException("shard %d of %d".formatted(ordinal, total));
    }
  }

  /** Returns whether this is all there is. */
  public boolean isWhole() {
    return total == 1;
  }

  /** Returns whether what a cluster is as a whole belongs to this share. */
  public boolean ownsCluster(String cluster) {
    return owns(cluster, "cluster", "");
  }

  /** Returns whether a consumer group of a cluster belongs to this share. */
  public boolean ownsGroup(String cluster, String group) {
    return owns(cluster, "group", group);
  }

  /** Returns whether a topic or a queue of a cluster belongs to this share. */
  public boolean ownsDestination(String cluster, String name) {
    return owns(cluster, "destination", name);
  }

  private boolean owns(String cluster, String kind, String name) {
    return isWhole() || jump(hash(cluster + '\0' + kind + '\0' + name), total) == ordinal;
  }

  private static long hash(String text) {
    long hash = FNV_OFFSET_BASIS;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  private static int jump(long hash, int buckets) {
    long key = hash;
    long bucket = -1;
    long next = 0;
    while (next < buckets) {
      bucket = next;
      key = key * JUMP_FACTOR + 1;
      next = (long) ((bucket + 1) * ((1L << 31) / (double) ((key >>> 33) + 1)));
    }
    return (int) bucket;
  }
}
