package io.mqexporter.system;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.RabbitMqBroker;
import io.mqexporter.brokers.RabbitMqRelease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The alerts on what befalls nodes of RabbitMQ: too little room, a split cluster, a dead vhost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RabbitMqNodeFaultsIT {

  private static final int FILES = 256;
  private static final int PROCESSES = 2_048;
  private static final int CONNECTIONS = 185;
  private static final int CHANNELS = 10;
  private static final String VHOST = "halted";

  /** Kills what supervises the vhost until its own supervisor no longer starts it anew. */
  private static final String HALT =
      """
      [begin
         case rabbit_vhost_sup_sup:get_vhost_sup(<<"halted">>) of {ok, S} -> exit(S, kill); _ -> ok end,
         timer:sleep(100)
       end || _ <- lists:seq(1, 10)].
      """;

  private final List<Connection> connections = new ArrayList<>();
  private RabbitMqBroker cramped;

  /** Of a release that keeps its cluster's state in Mnesia, which tells of a partition. */
  private List<RabbitMqBroker> split;

  private AlertWatch watch;

  @BeforeAll
  void start() throws Exception {
    cramped = RabbitMqBroker.startCramped("cramped", RabbitMqRelease.SID, FILES, PROCESSES);
    split =
        RabbitMqBroker.startCluster("split", RabbitMqRelease.INSTALLED, "net_ticktime = 8\n", 2);
    watch =
        AlertWatch.start(
            "node-faults",
            """
              - {name: cramped, rabbitmq: {url: '%s'}}
              - {name: split, rabbitmq: {url: ['%s', '%s']}}
            """
                .formatted(
                    cramped.managementUrl(),
                    split.getFirst().managementUrl(),
                    split.getLast().managementUrl()));
  }

  @AfterAll
  void stop() throws Exception {
    watch.close();
    connections.forEach(Connection::abort);
    cramped.close();
    split.forEach(RabbitMqBroker::close);
  }

  @Test
  void aNodeHasLittleRoomLeft() throws IOException, TimeoutException {
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(cramped.connectionFactory().newConnection());
    }
    for (int i = 0; i < CHANNELS; i++) {
      connections.getFirst().createChannel();
    }

    watch.awaitFiring("RabbitMqFileDescriptorsNearLimit", "cramped");
    watch.awaitFiring("RabbitMqErlangProcessesNearLimit", "cramped");
    connections.forEach(Connection::abort);
    watch.awaitResolved("RabbitMqFileDescriptorsNearLimit", "RabbitMqErlangProcessesNearLimit");
  }

  /** A node that stood still for longer than the others wait for it, and did not notice. */
  @Test
  void aClusterIsSplit() {
    RabbitMqBroker second = split.getLast();
    Command.signal(second.vm(), "STOP");
    try {
      await().until(() -> !split.getFirst().rabbitmqctl("eval", "nodes().").contains("split2"));
    } finally {
      Command.signal(second.vm(), "CONT");
    }

    watch.awaitFiring("RabbitMqNetworkPartition", "split");
    second.kill();
    second.restart();
    watch.awaitResolved("RabbitMqNetworkPartition");
  }

  @Test
  void aVhostIsDown() {
    RabbitMqBroker first = split.getFirst();
    first.rabbitmqctl("add_vhost", VHOST);
    first.rabbitmqctl("eval", HALT);

    watch.awaitFiring("RabbitMqVhostDown", VHOST);
    first.rabbitmqctl("restart_vhost", "--vhost", VHOST);
    watch.awaitResolved("RabbitMqVhostDown");
  }
}
