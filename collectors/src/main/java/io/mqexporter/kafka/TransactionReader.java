package io.mqexporter.kafka;

import static java.util.Objects.requireNonNull;

import io.mqexporter.kafka.snapshot.Details.Transactions;
import io.mqexporter.kafka.snapshot.KafkaSnapshot;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Partition;
import io.mqexporter.kafka.snapshot.KafkaSnapshot.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Reads the transactions that are open (KIP-664). */
final class TransactionReader {

  private static final int MAX_DESCRIBED = 1000;

  /**
   * How long a producer must have been silent before its transaction counts as hanging: what begins
   * while the coordinators are asked is not listed by them yet.
   */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private static final List<TransactionState> OPEN =
      List.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_ABORT);

  private final Admin admin;
  private final Gaps gaps;
  private final Clock clock;

  TransactionReader(Admin admin, Gaps gaps, Clock clock) {
    this.admin = admin;
    this.gaps = gaps;
    this.clock = clock;
  }

  /** Reads the transactions; empty if the coordinators did not all answer. */
  Optional<Transactions> read(KafkaSnapshot snapshot, Stage stage) throws InterruptedException {
    // Producers first: a transaction that ends between the two questions is then not listed, and
    // was
    // not silent.
    Optional<Map<TopicPartition, List<ProducerState>>> producers = producers(snapshot, stage);
    try {
      Collection<TransactionListing> listings =
          Answers.await(
              admin
                  .listTransactions(stage.limit(new ListTransactionsOptions().filterStates(OPEN)))
                  .all(),
              stage.end());
      Instant now = clock.instant();
      return Optional.of(
          new Transactions(
              states(listings),
              oldestStart(listings, stage),
              producers.map(p -> hanging(p, listings, now))));
    } catch (NoAnswerException e) {
      if (!(e.failure() instanceof UnsupportedVersionException)) {
        gaps.add("transactions", e.failure());
      }
    }
    return Optional.empty();
  }

  /** Returns how many transactions hang: those of silent producers that no coordinator knows. */
  static Map<String, Map<Integer, Integer>> hanging(
      Map<TopicPartition, List<ProducerState>> producers,
      Collection<TransactionListing> listings,
      Instant now) {
    Set<Long> known =
        listings.stream().map(TransactionListing::producerId).collect(Collectors.toSet());
    long silentSince = now.minus(SILENCE).toEpochMilli();
    var hanging = new TreeMap<String, Map<Integer, Integer>>();
    producers.forEach((partition, states) -> {
      long count =
          states.stream()
              .filter(state ->
                  state.currentTransactionStartOffset().isPresent()
                      && state.lastTimestamp() < silentSince
                      && !known.contains(state.producerId()))
              .count();
      if (count > 0) {
        hanging
            .computeIfAbsent(partition.topic(), _ -> new TreeMap<>())
            .put(partition.partition(), (int) count);
      }
    });
    return hanging;
  }

  private static Map<String, Integer> states(Collection<TransactionListing> listings) {
    var states = new TreeMap<String, Integer>();
    OPEN.forEach(state -> states.put(state.toString(), 0));
    listings.forEach(listing -> states.merge(listing.state().toString(), 1, Integer::sum));
    return states;
  }

  private Optional<Instant> oldestStart(Collection<TransactionListing> listings, Stage stage)
      throws InterruptedException {
    List<String> ongoing =
        listings.stream()
            .filter(listing -> listing.state() == TransactionState.ONGOING)
            .map(TransactionListing::transactionalId)
            .toList();
    List<String> asked = ongoing.stream().limit(MAX_DESCRIBED).toList();
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    DescribeTransactionsResult result =
        admin.describeTransactions(asked, stage.limit(new DescribeTransactionsOptions()));
    Answers<String, TransactionDescription> answers =
        Answers.await(asked, result::description, stage.end());
    // One that has ended since it was listed is not missing.
    answers.failures().values().removeIf(TransactionalIdNotFoundException.class::isInstance);
    gaps.add("start", "transaction", answers.failures());
    gaps.add(
        "start",
        "transaction",
        ongoing.subList(asked.size(), ongoing.size()),
        "more than " + MAX_DESCRIBED + " are open");
    return answers.values().values().stream()
        .map(TransactionDescription::transactionStartTimeMs)
        .filter(OptionalLong::isPresent)
        .map(start -> Instant.ofEpochMilli(start.getAsLong()))
        .min(Instant::compareTo);
  }

  /** Returns the producers of the partitions in which a transaction is open. */
  private Optional<Map<TopicPartition, List<ProducerState>>> producers(
      KafkaSnapshot snapshot, Stage stage) throws InterruptedException {
    var open = new ArrayList<TopicPartition>();
    for (Topic topic : snapshot.topics()) {
      for (Partition partition : topic.partitions()) {
        if (partition.hasOpenTransaction()) {
          open.add(new TopicPartition(topic.name(), partition.id()));
        }
      }
    }
    List<TopicPartition> asked = open.stream().limit(MAX_DESCRIBED).toList();
    if (asked.isEmpty()) {
      return Optional.of(Map.of());
    }
    DescribeProducersResult result =
        admin.describeProducers(asked, stage.limit(new DescribeProducersOptions()));
    Answers<TopicPartition, PartitionProducerState> answers =
        Answers.await(
            asked, partition -> requireNonNull(result.partitionResult(partition)), stage.end());
    gaps.add("producers", "partition", answers.failures());
    if (!answers.failures().isEmpty() || asked.size() < open.size()) {
      return Optional.empty();
    }
    var producers = new HashMap<TopicPartition, List<ProducerState>>();
    answers
        .values()
        .forEach((partition, state) -> producers.put(partition, state.activeProducers()));
    return Optional.of(producers);
  }
}
