package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Ports;
import io.mqexporter.dashboards.Dashboard;
import io.mqexporter.dashboards.Dashboards;
import io.mqexporter.dashboards.Panel;
import io.mqexporter.dashboards.Query;
import io.mqexporter.demo.KafkaWorkload;
import io.mqexporter.demo.RabbitMqWorkload;
import io.mqexporter.demo.RocketMqWorkload;
import io.mqexporter.monitoring.Prometheus;
import io.mqexporter.system.Subjects.Subject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people see while the demo's traffic flows: dashboards with data, and no alert for those of
 * its consumers that are well. The quiet period is short here and an hour in {@code make soak}.
 * Durations of rules are shortened no more than the agent's own interval, which is a minute then:
 * an agent that gets no processor time for some seconds is no fault.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringIT {

  private static final Duration QUIET_PERIOD =
      Duration.parse(System.getProperty("quiet.period", "PT90S"));
  private static final int SHORT_FACTOR = 60;
  private static final Duration SHORT_INTERVAL = Duration.ofSeconds(1);
  private static final int QUIET_FACTOR = Integer.getInteger("quiet.factor", 12);
  private static final Duration QUIET_INTERVAL =
      Duration.ofSeconds(Long.getLong("quiet.interval", SHORT_INTERVAL.toSeconds()));

  @RegisterExtension private final Subjects subjects = Subjects.shared();
  private KafkaWorkload kafkaWorkload;
  private RabbitMqWorkload rabbitMqWorkload;
  private RocketMqWorkload rocketMqWorkload;
  private AgentProcess agent;
  private AgentProcess calmAgent;
  private Prometheus prometheus;
  private Prometheus calm;
  private long calmSinceNanos;

  @BeforeAll
  void start() throws Exception {
    agent = AgentProcess.start("monitoring-agent", configuration("2s", "1s", "", "", ""));
    // The demo's consumers that are well, and the destinations that hold no dead letters.
    calmAgent =
        AgentProcess.start(
            "calm-agent",
            configuration(
                "5s",
                "5s",
                ", topics: {include: [orders, payments, audit]}, groups: {include: billing}",
                ", queues: {include: [orders, archive]}",
                ", topics: {include: [orders, audit]}, groups: {include: billing}"));
    prometheus = prometheus("monitoring-prometheus", agent, SHORT_INTERVAL, SHORT_FACTOR);
    kafkaWorkload = KafkaWorkload.start(subjects.kafka());
    rabbitMqWorkload = RabbitMqWorkload.start(subjects.rabbitMq());
    rocketMqWorkload = RocketMqWorkload.start(subjects.rocketMq());
    await()
        .until(() ->
            calmAgent.scrape().values("messaging_consumer_lag_seconds", "\"billing\"").size() >= 2
                && calmAgent.scrape().values("messaging_up").equals(List.of(1.0, 1.0, 1.0)));
    calm = prometheus("calm-prometheus", calmAgent, QUIET_INTERVAL, QUIET_FACTOR);
    // Prometheus first scrapes five seconds after its start; nothing may be missed before.
    await()
        .until(() ->
            !calm.query("mq_exporter_build_info").isEmpty()
                && calm.firing().equals(List.of("Watchdog")));
    calmSinceNanos = System.nanoTime();
  }

  @AfterAll
  void stop() {
    prometheus.close();
    calm.close();
    agent.close();
    calmAgent.close();
    kafkaWorkload.close();
    rabbitMqWorkload.close();
    rocketMqWorkload.close();
  }

  static Stream<Dashboard> dashboards() {
    return Dashboards.all().stream();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelShowsData(Dashboard dashboard) {
    await()
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() ->
            assertThat(dashboard.panels().stream().filter(panel -> !panel.onlyAtFault()))
                .filteredOn(this::isEmpty)
                .extracting(Panel::title)
                .isEmpty());
    for (Panel panel : dashboard.panels()) {
      // Whether empty or not: a query that Prometheus refuses throws.
      isEmpty(panel);
    }
  }

  @Test
  @Timeout(7_200)
  void consumersThatAreWellAlarmNobody() {
    assertThat(calm.query("messaging_consumer_lag_seconds")).isNotEmpty();
    Duration left = QUIET_PERIOD.minus(calmTime());
    await()
        .pollDelay(left.isPositive() ? left : Duration.ZERO)
        .atMost(left.plusMinutes(1))
        .untilAsserted(() ->
            assertThat(
                    calm.query(
                            "count by (alertname, messaging_cluster)"
                                + " (count_over_time(ALERTS{alertstate=\"firing\"}[%ds]))"
                                    .formatted(calmTime().toSeconds()))
                        .findValues("metric"))
                .extracting(Object::toString)
                .containsExactly("{\"alertname\":\"Watchdog\"}"));
  }

  private Duration calmTime() {
    return Duration.ofNanos(System.nanoTime() - calmSinceNanos);
  }

  private boolean isEmpty(Panel panel) {
    return panel.queries().stream()
        .map(Query::expression)
        .map(expression -> Dashboards.withoutVariables(expression, "10s"))
        .allMatch(expression -> prometheus.query(expression).isEmpty());
  }

  private static Prometheus prometheus(
      String name, AgentProcess agent, Duration interval, int factor) {
    return Prometheus.start(
        new Prometheus.Setup(name, Ports.free(), List.of(agent.port()), 0, interval, factor));
  }

  private String configuration(
      String interval, String details, String kafka, String rabbitMq, String rocketMq) {
    return """
    interval: %s
    targets:
      - name: %s
        kafka: {bootstrap_servers: '%s', details_interval: %s%s}
        jmx: {addresses: '%s'}
      - name: %s
        rabbitmq: {url: '%s', details_interval: %s%s}
      - name: %s
        rocketmq: {name_servers: '%s'%s}
    """
        .formatted(
            interval,
            Subject.KAFKA.target(),
            subjects.kafka().bootstrapServers(),
            details,
            kafka,
            subjects.kafka().jmxAddress(),
            Subject.RABBITMQ.target(),
            subjects.rabbitMq().managementUrl(),
            details,
            rabbitMq,
            Subject.ROCKETMQ.target(),
            subjects.rocketMq().nameServer(),
            rocketMq);
  }
}
