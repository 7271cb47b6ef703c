package io.mqexporter.rocketmq.view;

import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerContents;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.StaticTopic;
import io.mqexporter.rocketmq.snapshot.StaticTopic.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Static topics over all brokers, with the offsets that clients see. A piece begins at a rounded
 * offset beyond the end of the one before it: what lies between are no messages.
 */
final class StaticTopics {

  /** How clients and tools call the broker of these queues. */
  static final String BROKER = "__syslo__global__";

  private final Map<String, BrokerContents> brokers = new HashMap<>();
  private final Map<String, NavigableMap<Integer, List<Piece>>> topics = new TreeMap<>();

  StaticTopics(List<BrokerContents> contents) {
    var epochs = new HashMap<String, Map<Integer, Long>>();
    for (BrokerContents broker : contents) {
      brokers.put(broker.broker(), broker);
      broker
          .topics()
          .orElse(Map.of())
          .forEach((topic, settings) ->
              settings
                  .mapping()
                  .ifPresent(mapping ->
                      add(
                          broker.broker(),
                          topic,
                          mapping,
                          epochs.computeIfAbsent(topic, _ -> new HashMap<>()))));
    }
  }

  /** Adds the queues whose last piece a broker has: that one knows all pieces. */
  private void add(String broker, String topic, StaticTopic mapping, Map<Integer, Long> epochs) {
    NavigableMap<Integer, List<Piece>> queues = topics.computeIfAbsent(topic, _ -> new TreeMap<>());
    mapping
        .queues()
        .forEach((queue, pieces) -> {
          boolean newer = epochs.getOrDefault(queue, Long.MIN_VALUE) < mapping.epoch();
          List<Piece> decided = pieces.stream().filter(Piece::isDecided).toList();
          if (newer && pieces.getLast().broker().equals(broker) && !decided.isEmpty()) {
            epochs.put(queue, mapping.epoch());
            queues.put(queue, decided);
          }
        });
  }

  Set<String> names() {
    return topics.keySet();
  }

  boolean contains(String topic) {
    return topics.containsKey(topic);
  }

  /** Returns the queues of a topic. */
  List<TopicQueue> queues(String topic) {
    var queues = new ArrayList<TopicQueue>();
    topics
        .getOrDefault(topic, new TreeMap<>())
        .forEach((queue, pieces) -> queues.add(queue(topic, queue, pieces)));
    return queues;
  }

  private TopicQueue queue(String topic, int queueId, List<Piece> pieces) {
    Optional<QueueOffsets> offsets =
        offsets(topic, pieces.getFirst())
            .flatMap(first ->
                offsets(topic, pieces.getLast())
                    .map(last ->
                        new QueueOffsets(
                            pieces.getFirst().offset(first.min()),
                            pieces.getLast().offset(last.max()),
                            last.lastStored())));
    return TopicQueue.of(BROKER, queueId, offsets, gaps(topic, pieces, pieces.size()));
  }

  /** Returns what a group has committed for a topic. */
  List<QueueCommit> commits(GroupTopic consumption) {
    var commits = new ArrayList<QueueCommit>();
    String topic = consumption.topic();
    topics
        .getOrDefault(topic, new TreeMap<>())
        .forEach((queueId, pieces) ->
            commit(consumption, pieces, queue(topic, queueId, pieces)).ifPresent(commits::add));
    return commits;
  }

  /** Returns what was committed for the newest piece of a queue that there is a commit for. */
  private Optional<QueueCommit> commit(
      GroupTopic consumption, List<Piece> pieces, TopicQueue queue) {
    for (int i = pieces.size() - 1; i >= 0; i--) {
      Piece piece = pieces.get(i);
      BrokerContents contents = brokers.get(piece.broker());
      if (contents == null || contents.commits().isEmpty()) {
        return Optional.empty();
      }
      Commits told = contents.commits().get();
      Long committed = told.committed().getOrDefault(consumption, Map.of()).get(piece.queueId());
      OptionalLong gaps = gaps(consumption.topic(), pieces, i + 1);
      if (committed != null && gaps.isPresent()) {
        TopicQueue pieceQueue =
            TopicQueue.of(
                contents.broker(),
                piece.queueId(),
                contents.offsets().getOrDefault(consumption.topic(), Map.of()));
        QueueCommit ofPiece =
            BrokerProgress.of(contents, told, consumption).commit(pieceQueue, committed);
        OptionalLong pulled = ofPiece.pulled();
        return Optional.of(
            QueueCommit.of(
                queue,
                piece.offset(committed),
                gaps.getAsLong(),
                pulled.isPresent()
                    ? OptionalLong.of(piece.offset(pulled.getAsLong()))
                    : OptionalLong.empty(),
                ofPiece.consumption().unread()));
      }
    }
    return Optional.empty();
  }

  /** Returns how many offsets before the end of some pieces stand for no message. */
  private OptionalLong gaps(String topic, List<Piece> pieces, int count) {
    long gaps = 0;
    for (int i = 1; i < count; i++) {
      Piece before = pieces.get(i - 1);
      Optional<QueueOffsets> offsets = offsets(topic, before);
      if (offsets.isEmpty()) {
        return OptionalLong.empty();
      }
      gaps += pieces.get(i).start() - before.offset(offsets.get().max());
    }
    return OptionalLong.of(gaps);
  }

  private Optional<QueueOffsets> offsets(String topic, Piece piece) {
    return Optional.ofNullable(brokers.get(piece.broker()))
        .map(contents -> contents.offsets().getOrDefault(topic, Map.of()).get(piece.queueId()));
  }
}
