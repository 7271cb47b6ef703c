package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.RocketMqClients;
import io.mqexporter.brokers.RocketMqCluster;
import io.mqexporter.brokers.RocketMqNode;
import io.mqexporter.brokers.RocketMqSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The alerts on what a broker keeps: on a disk that is full or fails, with queues that cannot be
 * built, a timer that stands still, and a slave that hangs.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RocketMqStoreFaultsIT {

  private static final String TOPIC = "orders";
  private static final String BLOCKED = "blocked";
  private static final String BROKER = RocketMqCluster.FIRST;
  private static final int DISK_MEGABYTES = 1_024;

  /** What goes into a commit log file less than three times. */
  private static final int LARGE = 1 << 20;

  /** More than 64 MiB, of which the consume queues may be behind. */
  private static final int MORE_THAN_QUEUES_MAY_LACK = 80;

  /** More than 256 MiB. */
  private static final int MORE_THAN_A_SLAVE_MAY_LACK = 260;

  /** The requests that may wait for a thread that stores what is sent. */
  private static final int QUEUE = 50;

  private static final int DUE_SECONDS = 20;
  private static final String ASIDE = "taken-away";

  private static RocketMqCluster cluster;
  private static RocketMqNode master;
  private static RocketMqClients clients;
  private static DefaultMQProducer producer;
  private static AlertWatch watch;

  @BeforeAll
  static void begin() throws Exception {
    cluster =
        RocketMqCluster.start(
            "rocketmq-store-faults",
            RocketMqSetup.PAIR
                .withDisk(DISK_MEGABYTES)
                .with(
                    """
                    brokerFastFailureEnable=false
                    sendThreadPoolQueueCapacity=%d
                    totalReplicas=2
                    haHousekeepingInterval=180000
                    """
                        .formatted(QUEUE)));
    master = cluster.master(BROKER);
    clients = new RocketMqClients(cluster);
    producer = clients.producer("filler");
    producer.setCompressMsgBodyOverHowmuch(Integer.MAX_VALUE);
    producer.setRetryTimesWhenSendFailed(0);
    producer.setRetryTimesWhenSendAsyncFailed(0);
    send(TOPIC, 1);
    watch =
        AlertWatch.start(
            "rocketmq-store-alerts",
            "  - {name: cluster, rocketmq: {name_servers: '%s'}}\n"
                .formatted(cluster.nameServers()));
    watch.awaitResult("rocketmq_storage_failures_total");
  }

  @AfterAll
  static void end() throws Exception {
    watch.close();
    clients.close();
    cluster.close();
  }

  /** What is due cannot be sent, and all that is due later waits for it. */
  @Order(1)
  @Tag("soak")
  @Test
  void aTimerThatStandsStill() throws Exception {
    var timed = new Message(TOPIC, new byte[] {1});
    timed.setDelayTimeSec(DUE_SECONDS);
    producer.send(timed);
    breakDisk();
    watch.awaitFiring("RocketMqTimerBehind", BROKER);
    mendDisk();
    watch.awaitResolved("RocketMqTimerBehind");
  }

  @Order(2)
  @Test
  void aDiskThatIsNearlyFull() {
    master.disk().fill(0.87);
    watch.awaitFiring("RocketMqDiskUsageHigh", BROKER);
    watch.awaitFiring("RocketMqDiskNearlyFull", BROKER);
    master.disk().empty();
    watch.awaitResolved("RocketMqDiskUsageHigh", "RocketMqDiskNearlyFull");
  }

  /** The broker tries for half a minute before it gives the queue up. */
  @Order(3)
  @Test
  void messagesThatAreStoredAndCannotBeSeen() throws Exception {
    Path queues = master.disk().folder().resolve("consumequeue").resolve(BLOCKED);
    Files.createFile(queues);
    send(BLOCKED, 1);
    send(TOPIC, MORE_THAN_QUEUES_MAY_LACK);
    watch.awaitFiring("RocketMqConsumeQueuesBehind", BROKER);
    Files.delete(queues);
    watch.awaitResolved("RocketMqConsumeQueuesBehind");
  }

  @Order(4)
  @Test
  void aSlaveThatHangs() throws Exception {
    Command.signal(cluster.slave(1).handle(), "STOP");
    send(TOPIC, MORE_THAN_A_SLAVE_MAY_LACK);
    // Whoever sends now waits for the slave, and so does the thread that stores it.
    RocketMqChanges.configure(
        master,
        Map.of("brokerRole", "SYNC_MASTER", "inSyncReplicas", "2", "asyncSendEnable", "false"));
    for (int i = 0; i < 2 * QUEUE; i++) {
      producer.send(
          new Message(TOPIC, new byte[] {1}), new MessageQueue(TOPIC, BROKER, 0), new Ignored());
    }
    watch.awaitFiring("RocketMqRequestsQueueUp", BROKER);
    watch.awaitFiring("RocketMqReplicationBehind", BROKER);
    watch.awaitFiring("RocketMqWritesSlow", BROKER);
    Command.signal(cluster.slave(1).handle(), "CONT");
    RocketMqChanges.configure(
        master, Map.of("brokerRole", "ASYNC_MASTER", "asyncSendEnable", "true"));
    watch.awaitResolved("RocketMqRequestsQueueUp", "RocketMqReplicationBehind");
  }

  /** Where its log was, no further file can be made. */
  @Order(5)
  @Test
  void aDiskThatFails() throws Exception {
    breakDisk();
    watch.awaitFiring("RocketMqStoreFailing", BROKER);
    mendDisk();
    watch.awaitResolved("RocketMqStoreFailing", "RocketMqWritesSlow");
  }

  private static void breakDisk() throws IOException {
    if (Files.isSymbolicLink(log())) {
      Files.delete(log());
    } else {
      Files.move(log(), log().resolveSibling(ASIDE));
    }
    Files.createFile(log());
    assertThatThrownBy(() -> send(TOPIC, MORE_THAN_QUEUES_MAY_LACK))
        .isInstanceOf(MQClientException.class);
  }

  /** In one step: the broker makes a folder of its own where there is nothing. */
  private static void mendDisk() throws IOException {
    Path link = log().resolveSibling("link");
    Files.createSymbolicLink(link, Path.of(ASIDE));
    Files.move(link, log(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path log() {
    return master.disk().folder().resolve("commitlog");
  }

  /** Sends large messages for which nobody waits but until the master has them. */
  private static void send(String topic, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      var message = new Message(topic, new byte[LARGE]);
      message.setWaitStoreMsgOK(false);
      producer.send(message);
    }
  }

  /** What becomes of a message is of no interest. */
  private static final class Ignored implements SendCallback {
    @Override
    public void onSuccess(SendResult result) {}

    @Override
    public void onException(Throwable failure) {}
  }
}
