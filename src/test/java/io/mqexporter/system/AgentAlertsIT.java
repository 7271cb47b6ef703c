package io.mqexporter.system;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Alerts on agents, of which several share the clusters, on the real fault. */
class AgentAlertsIT {

  /** More than is compared with: an agent that was started four times within an hour. */
  private static final int RESTARTS = 4;

  private static final String SHARDS_OF_THREE = "--total-shards=3";

  private static final String CONFIGURATION =
      """
      interval: 2s
      targets:
        - {name: stays, rabbitmq: {url: 'http://127.0.0.1:1'}}
      """;

  private static final String WITH_ANOTHER =
      CONFIGURATION
          + """
            - {name: goes, rabbitmq: {url: 'http://127.0.0.1:1'}}
          """;

  @Test
  void agentsThatShareTheClustersAndAreToldOtherThings() throws Exception {
    List<List<String>> flags =
        List.of(
            List.of("--shard=0", SHARDS_OF_THREE),
            List.of("--shard=1", SHARDS_OF_THREE),
            List.of("--shard=1", "--total-shards=2"));
    List<AgentProcess> agents =
        List.of(
            AgentProcess.start("agent-alerts-0", WITH_ANOTHER, Map.of(), flags.get(0)),
            AgentProcess.startOfVersion("0.0.1", "agent-alerts-1", WITH_ANOTHER, flags.get(1)),
            AgentProcess.start("agent-alerts-2", WITH_ANOTHER, Map.of(), flags.get(2)));
    try (var watch = AlertWatch.start("agent-alerts", agents)) {
      watch.awaitFiring("MqExporterShardMissing", "mq-exporter");
      watch.awaitFiring("MqExporterShardTwice", "\"ordinal\":\"1\"");
      watch.awaitFiring("MqExporterShardsDiffer", "mq-exporter");

      for (int i = 0; i < RESTARTS; i++) {
        watch.restart(2, WITH_ANOTHER, List.of("--shard=2", SHARDS_OF_THREE));
        watch.awaitResult("changes(process_start_time_seconds[60s]) > " + i);
      }
      watch.awaitFiring("MqExporterRestarting", "mq-exporter");
      watch.awaitResolved(
          "MqExporterShardMissing", "MqExporterShardTwice", "MqExporterShardsDiffer");

      watch.awaitFiring("MqExporterVersionsDiffer", "\"component\":\"agent\"");

      // An hour after it was first read, as the rules see it.
      watch.awaitResult("mq_exporter_series{messaging_cluster=\"goes\"} offset 60s");
      for (int i = 0; i < agents.size(); i++) {
        watch.restart(i, CONFIGURATION, List.of("--shard=" + i, SHARDS_OF_THREE));
      }
      watch.awaitFiring("MqExporterTargetVanished", "goes");
    }
  }
}
