package io.mqexporter.kafka.snapshot;

import io.mqexporter.kafka.snapshot.KafkaSnapshot.Commit;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * The offsets that a group has committed on one topic, by partition. There may be millions in a
 * snapshot, so there is no object for each until it is asked for.
 */
public final class TopicCommits extends AbstractList<Commit> implements RandomAccess {

  private final String topic;
  private final int[] partitions;
  private final long[] offsets;

  private TopicCommits(String topic, int[] partitions, long[] offsets) {
    this.topic = topic;
    this.partitions = partitions;
    this.offsets = offsets;
  }

  /** Returns the topic of all these commits. */
  public String topic() {
    return topic;
  }

  @Override
  public Commit get(int index) {
    return new Commit(topic, partitions[index], offsets[index]);
  }

  @Override
  public int size() {
    return partitions.length;
  }

  /** Sorts commits that come in any order. Not safe for use by several threads. */
  public static final class Sorter {

    private final Map<String, Unsorted> byTopic = HashMap.newHashMap(1);
    private Unsorted last = new Unsorted();
    private String lastTopic = "";

    /** Takes a commit; there is one at most for each partition. */
    public void add(String topic, int partition, long offset) {
      if (!topic.equals(lastTopic)) {
        last = byTopic.computeIfAbsent(topic, _ -> new Unsorted());
        lastTopic = topic;
      }
      last.add(partition, offset);
    }

    /** Returns the commits in the order of the topics' names. */
    public List<TopicCommits> sorted() {
      var sorted = new ArrayList<TopicCommits>(byTopic.size());
      byTopic.forEach((topic, unsorted) -> sorted.add(unsorted.sorted(topic)));
      sorted.sort(Comparator.comparing(TopicCommits::topic));
      return Collections.unmodifiableList(sorted);
    }
  }

  /** The commits on one topic in the order in which they came. */
  private static final class Unsorted {

    /** Partitions, each with its place among the offsets in the lower half. */
    private long[] places = new long[8];

    private long[] offsets = new long[8];
    private int size;

    void add(int partition, long offset) {
      if (size == offsets.length) {
        places = Arrays.copyOf(places, 2 * size);
        offsets = Arrays.copyOf(offsets, 2 * size);
      }
      places[size] = ((long) partition << Integer.SIZE) | size;
      offsets[size] = offset;
      size++;
    }

    TopicCommits sorted(String topic) {
      Arrays.sort(places, 0, size);
      var partitions = new int[size];
      var sorted = new long[size];
      for (int i = 0; i < size; i++) {
        partitions[i] = (int) (places[i] >>> Integer.SIZE);
        sorted[i] = offsets[(int) places[i]];
      }
      return new TopicCommits(topic, partitions, sorted);
    }
  }
}
