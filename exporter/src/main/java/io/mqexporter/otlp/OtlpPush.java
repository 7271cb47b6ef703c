package io.mqexporter.otlp;

import io.mqexporter.collection.CollectionResult;
import io.mqexporter.collection.Exposed;
import io.mqexporter.collection.Target;
import io.mqexporter.collector.Settings;
import io.mqexporter.delivery.Patience;
import io.mqexporter.delivery.ReceiverState;
import io.mqexporter.metric.MetricFamilies;
import io.mqexporter.metric.MetricFamily;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes what is exposed of each target when a collection of it has ended. Requests are written on
 * the thread that publishes the result and wait, up to a limit, for one that sends them.
 */
public final class OtlpPush implements AutoCloseable {

  /** What it calls itself in the log, and what its own results are known by. */
  static final String NAME = "otlp";

  private static final Logger logger = LoggerFactory.getLogger(OtlpPush.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final String AGENT = "";

  private final Settings<OtlpConfig> settings;
  private final Map<String, String> self;
  private final Instant start;
  private final Clock clock;
  private final Supplier<List<MetricFamily>> agent;
  private final Receiver receiver;
  private final SendQueue queue = new SendQueue();
  private final ReceiverState state = new ReceiverState(NAME, "metrics", logger);
  private final Map<String, SeriesMemory> memories = new ConcurrentHashMap<>();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder droppedByQueue = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final Patience patience;
  private final Thread sender;
  private volatile String problem = "";

  /**
   * Who pushes.
   *
   * @param version the agent's version
   * @param instance what tells it from others: the name of its machine
   */
  public record Self(String version, String instance) {}

  /**
   * Creates it; nothing is sent yet.
   *
   * @param agent what the agent says about itself
   */
  public OtlpPush(
      Settings<OtlpConfig> settings,
      Self self,
      Supplier<List<MetricFamily>> agent,
      Vertx vertx,
      Clock clock) {
    this(settings, self, agent, vertx, clock, FIRST_PAUSE);
  }

  OtlpPush(
      Settings<OtlpConfig> settings,
      Self self,
      Supplier<List<MetricFamily>> agent,
      Vertx vertx,
      Clock clock,
      Duration firstPause) {
    this.settings = settings;
    this.self =
        Map.of(
            "service.name", "mq-exporter",
            "service.version", self.version(),
            "service.instance.id", self.instance());
    this.agent = agent;
    this.clock = clock;
    this.start = clock.instant();
    this.receiver = new Receiver(vertx, settings);
    this.patience = new Patience(state, firstPause, LONGEST_PAUSE, RandomGenerator.getDefault());
    this.sender = Thread.ofVirtual().name(NAME).unstarted(this::send);
  }

  /** Begins to send. */
  public void start() {
    sender.start();
  }

  /** Takes in a new result. With its own the agent's other families go, too. */
  public void accept(CollectionResult result, Exposed exposed) {
    Target target = result.target();
    Instant at = clock.instant();
    push(target.id(), exposed.families(), at);
    if (target.system().equals(NAME)) {
      push(AGENT, agent.get(), at);
    }
  }

  /** Tells the receiver that a target is no longer collected. */
  public void forget(Target target) {
    push(target.id(), List.of(), clock.instant());
    memories.remove(target.id());
  }

  private void push(String source, List<MetricFamily> families, Instant at) {
    OtlpConfig config = settings.current().value();
    SeriesMemory memory = memories.computeIfAbsent(source, _ -> new SeriesMemory(start));
    List<Push> pushes = RequestWriter.write(frame(config), memory, families, at);
    droppedByQueue.add(queue.add(pushes, config.maxQueueBytes()));
  }

  private RequestWriter.Frame frame(OtlpConfig config) {
    var attributes = new TreeMap<>(self);
    attributes.putAll(config.resourceAttributes());
    var resource = Resource.newBuilder();
    attributes.forEach((name, value) -> resource.addAttributes(Attributes.of(name, value)));
    return new RequestWriter.Frame(
        ResourceMetrics.newBuilder().setResource(resource).build(),
        ScopeMetrics.newBuilder()
            .setScope(
                InstrumentationScope.newBuilder()
                    .setName("io.mqexporter")
                    .setVersion(self.getOrDefault("service.version", "")))
            .build(),
        config.gzip());
  }

  private void send() {
    try (receiver) {
      while (!Thread.currentThread().isInterrupted()) {
        Push push = queue.take();
        take(push, patience.untilDone(() -> receiver.send(push)));
      }
    } catch (InterruptedException e) {
      // The agent ends; what waits is lost with it.
      return;
    } catch (RuntimeException e) {
      logger.error("a bug in the agent ended the pushing of metrics", e);
      problem = "a bug in the agent ended the pushing of metrics: " + e;
    }
  }

  private void take(Push push, Receiver.Answer answer) {
    switch (answer) {
      case Receiver.Answer.Taken(long lost, String remark) -> {
        long rejectedPoints = Math.min(lost, push.points());
        accepted.add(push.points() - rejectedPoints);
        rejected.add(rejectedPoints);
        note(rejectedPoints > 0 ? "rejects data points: " + remark : remark);
      }
      case Receiver.Answer.Refused(String reason) -> {
        refused.add(push.points());
        note(reason);
      }
    }
  }

  /** Says once what is wrong, and once that it no longer is. */
  private void note(String what) {
    if (what.equals(problem)) {
      return;
    }
    problem = what;
    if (what.isEmpty()) {
      logger.info("{}: everything is taken again", NAME);
    } else {
      logger.warn("{}: {}", NAME, what);
    }
  }

  List<MetricFamily> families() {
    var families = new MetricFamilies();
    families.add(OtlpMetric.ACCEPTED, accepted.sum());
    families.add(OtlpMetric.DROPPED, droppedByQueue.sum(), "queue");
    families.add(OtlpMetric.DROPPED, refused.sum(), "refused");
    families.add(OtlpMetric.DROPPED, rejected.sum(), "rejected");
    families.add(OtlpMetric.QUEUE_BYTES, queue.bytes());
    families.add(OtlpMetric.WAITING, state.away().toNanos() / 1e9);
    return families.toList();
  }

  /** Returns for how long the receiver has taken nothing. */
  Duration away() {
    return state.away();
  }

  /** Returns in one line what the receiver does not take; empty while it takes everything. */
  String problem() {
    return problem;
  }

  long requestsSent() {
    return receiver.requestsSent();
  }

  /** Ends sending. Nobody waits for that. */
  @Override
  public void close() {
    sender.interrupt();
  }
}
