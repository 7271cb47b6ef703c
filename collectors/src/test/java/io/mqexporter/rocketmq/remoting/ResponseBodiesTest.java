package io.mqexporter.rocketmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.rocketmq.snapshot.ClientStatistics;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.ConnectedSlave;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupSettings;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Replication;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.snapshot.StaticTopic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that real brokers have sent, whole or with most of their entries left out. */
class ResponseBodiesTest {

  @BeforeAll
  static void keepTheClientQuiet() {
    ClientProperties.set();
  }

  @Test
  void readsTheLayoutWithItsBareBrokerIds() throws IOException {
    assertThat(ResponseBodies.layout(body("5.5.0-cluster-layout-106.txt")))
        .containsExactly(
            new BrokerProcess(
                "broker-a", 0, "test-cluster", "10.0.0.1:10911", false, Optional.empty()));
  }

  @Test
  void takesABrokersClusterFromTheClusterWhereTheBrokerDoesNotTellIt() {
    String layout =
        """
        {"brokerAddrTable":{"a":{"brokerAddrs":{0:"x:1"},"brokerName":"a"}}%s}\
        """;
    assertThat(
            ResponseBodies.layout(bytes(layout.formatted(",\"clusterAddrTable\":{\"c\":[\"a\"]}"))))
        .containsExactly(new BrokerProcess("a", 0, "c", "x:1", false, Optional.empty()));
    assertThat(ResponseBodies.layout(bytes(layout.formatted(""))))
        .containsExactly(new BrokerProcess("a", 0, "", "x:1", false, Optional.empty()));
  }

  @Test
  void readsRuntimeFigures() throws IOException {
    var figures = ResponseBodies.runtimeFigures(body("5.5.0-runtime-figures-28.txt"));
    assertThat(figures.version()).isEqualTo("5.5.0");
    assertThat(figures.count("msgPutTotalTodayNow")).hasValue(50);
    assertThat(figures.number("commitLogDiskRatio")).hasValue(0.23);
    assertThat(figures.seconds("bootTimestamp")).hasValue(1795516352.991);
    assertThat(figures.count("putTps")).isEmpty();
  }

  @Test
  void readsTopics() throws IOException {
    assertThat(ResponseBodies.topics(body("5.5.0-topics-21.txt")))
        .isEqualTo(
            Map.of(
                "orders", new TopicSettings(4, 4, 6, ""),
                "%RETRY%billing", new TopicSettings(1, 1, 6, ""),
                "TBW102", new TopicSettings(4, 4, 7, "")));
  }

  @Test
  void readsGroups() throws IOException {
    assertThat(ResponseBodies.groups(body("5.5.0-groups-201.txt")))
        .isEqualTo(
            Map.of("billing", new GroupSettings(true), "TOOLS_CONSUMER", new GroupSettings(true)));
  }

  @Test
  void readsOffsetsWhoseKeysAreObjects() throws IOException {
    assertThat(ResponseBodies.offsets(body("5.5.0-offsets-202.txt")))
        .isEqualTo(
            Map.of(
                0, new QueueOffsets(0, 10, OptionalLong.of(1795516392175L)),
                1, new QueueOffsets(0, 10, OptionalLong.of(1795516392182L)),
                2, new QueueOffsets(0, 10, OptionalLong.of(1795516392166L)),
                3, new QueueOffsets(0, 10, OptionalLong.of(1795516392171L))));
  }

  @Test
  void hasNoTimeOfALastMessageWhereThereNeverWasOne() {
    assertThat(
            ResponseBodies.offsets(
                bytes(
                    """
                    {"offsetTable":{{"brokerName":"b","queueId":0,"topic":"t"}:\
                    {"lastUpdateTimestamp":0,"maxOffset":0,"minOffset":0}}}\
                    """)))
        .isEqualTo(Map.of(0, new QueueOffsets(0, 0, OptionalLong.empty())));
  }

  @Test
  void readsTheCommitsOfRocketMq5() throws IOException {
    Commits commits = ResponseBodies.commits(body("5.5.0-commits-43.txt"));
    assertThat(commits.committed())
        .isEqualTo(
            Map.of(
                new GroupTopic("billing", "orders"), Map.of(0, 10L, 1, 10L, 2, 10L, 3, 10L),
                new GroupTopic("puller", "orders"), Map.of(0, 0L, 1, 0L, 2, 0L, 3, 0L),
                new GroupTopic("failing", "payments"), Map.of(0, 3L, 1, 3L, 2, 2L, 3, 2L)));
    assertThat(commits.pulled().orElseThrow().get(new GroupTopic("puller", "orders")))
        .isEqualTo(Map.of(0, 10L, 1, 10L, 2, 10L, 3, 10L));
    assertThat(commits.broadcasting()).containsExactly("caster");
  }

  @Test
  void readsTheCommitsOfRocketMq4WhichHasNothingElse() {
    Commits commits = ResponseBodies.commits(bytes("{\"offsetTable\":{\"t@g\":{0:7,1:0}}}"));
    assertThat(commits.committed())
        .isEqualTo(Map.of(new GroupTopic("g", "t"), Map.of(0, 7L, 1, 0L)));
    assertThat(commits.pulled()).isEmpty();
  }

  @Test
  void takesMinusOneForNoCommit() {
    Commits commits = ResponseBodies.commits(bytes("{\"offsetTable\":{\"t@g\":{0:-1,1:4}}}"));
    assertThat(commits.committed()).isEqualTo(Map.of(new GroupTopic("g", "t"), Map.of(1, 4L)));
  }

  @Test
  void passesOverWhatLaterVersionsMayAdd() {
    Commits commits =
        ResponseBodies.commits(
            bytes(
                """
                {"resetOffsetTable":{"t@g":{0:1}},"more":{{"a":1}:2},\
                "offsetTable":{"t@g":{0:1},"t@g@other@form":{0:1},"odd":{0:1}},"last":[{1:2}]}\
                """));
    assertThat(commits.committed()).isEqualTo(Map.of(new GroupTopic("g", "t"), Map.of(0, 1L)));
  }

  @Test
  void readsClients() throws IOException {
    assertThat(ClientBodies.clients(body("5.5.0-clients-203.txt")))
        .isEqualTo(
            new GroupClients(
                Map.of("10.0.0.7@p1", new Client("JAVA", "5.5.0", "127.0.0.1:37872")),
                Optional.of("push"),
                Optional.of(false),
                Set.of(Map.of("orders", "*"))));
    assertThat(ClientBodies.clients(body("5.5.0-broadcasting-clients-203.txt")).broadcasting())
        .hasValue(true);
    assertThat(ClientBodies.clients(body("5.5.0-pull-clients-203.txt")).mode()).hasValue("pull");
  }

  @Test
  void readsProducers() {
    assertThat(
            ClientBodies.producers(
                bytes(
                    """
                    {"data":{"shop":[{"clientId":"10.0.0.7@p1","language":"JAVA",\
                    "lastUpdateTimestamp":1795516393381,"remoteIP":"10.0.0.7:4711","version":513}]}}\
                    """)))
        .isEqualTo(
            Map.of("shop", Map.of("10.0.0.7@p1", new Client("JAVA", "5.5.0", "10.0.0.7:4711"))));
  }

  @Test
  void readsWhichGroupsPop() {
    assertThat(
            ClientBodies.popped(
                bytes(
                    """
                    {"messageRequestModeMap":{"orders":{\
                    "g":{"consumerGroup":"g","mode":"POP","popShareQueueNum":8,"topic":"orders"},\
                    "h":{"consumerGroup":"h","mode":"PULL","popShareQueueNum":0,"topic":"orders"}}}}\
                    """)))
        .containsExactly(new GroupTopic("g", "orders"));
  }

  @Test
  void readsWhatAConsumerTellsOfItself() {
    ClientStatistics told =
        ClientBodies.statistics(
            bytes(
                """
                {"mqPopTable":{},"mqTable":{{"brokerName":"a","queueId":0,"topic":"orders"}:\
                {"commitOffset":3,"droped":false,"locked":false}},"properties":{"PROP_CONSUMEORDERLY":"false"},\
                "statusTable":{"orders":{"consumeFailedMsgs":6,"consumeFailedTPS":5.0,\
                "consumeOKTPS":4.0,"consumeRT":3.5,"pullRT":1.5,"pullTPS":2.0}},\
                "subscriptionSet":[{"classFilterMode":false,"codeSet":[],"expressionType":"TAG",\
                "subString":"red","subVersion":1,"tagsSet":["red"],"topic":"orders"},\
                {"subString":"*","topic":"%RETRY%g"}]}\
                """));
    assertThat(told.topics())
        .isEqualTo(Map.of("orders", new ClientStatistics.OfTopic(1.5, 2, 3.5, 4, 5, 6)));
    assertThat(told.subscriptions()).isEqualTo(Map.of("orders", "red"));
  }

  @Test
  void readsHowFarSlavesAre() {
    assertThat(
            ResponseBodies.replication(
                bytes(
                    """
                    {"haClientRuntimeInfo":{"activated":false,"lastReadTimestamp":0},\
                    "haConnectionInfo":[{"addr":"/10.0.0.2:38122","diff":120,"inSync":true,\
                    "slaveAckOffset":15000,"transferFromWhere":15120}],\
                    "inSyncSlaveNums":1,"master":true,"masterCommitLogMaxOffset":15120}\
                    """)))
        .isEqualTo(new Replication(1, List.of(new ConnectedSlave("10.0.0.2", 120, true))));
  }

  @Test
  void readsWhatWaitsForItsTime() {
    assertThat(
            ResponseBodies.timed(
                bytes(
                    """
                    {"dataVersion":{"counter":3},"timingCount":\
                    {"orders":{"count":3,"timeStamp":1795516393381},"idle":{"count":0}}}\
                    """)))
        .isEqualTo(Map.of("orders", 3L, "idle", 0L));
  }

  @Test
  void readsOfWhatPiecesTheQueuesOfAStaticTopicAreMade() {
    assertThat(
            ResponseBodies.topics(
                bytes(
                    """
                    {"topicConfigTable":{"t":{"perm":6,"readQueueNums":1,"writeQueueNums":1}},\
                    "topicQueueMappingDetailMap":{"t":{"bname":"b","epoch":7,"hostedQueues":{3:\
                    [{"bname":"a","gen":0,"logicOffset":0,"queueId":1,"startOffset":0},\
                    {"bname":"b","gen":1,"logicOffset":-1,"queueId":0,"startOffset":0}]},\
                    "scope":"__global__","totalQueues":1}}}\
                    """)))
        .isEqualTo(
            Map.of(
                "t",
                new TopicSettings(
                    1,
                    1,
                    6,
                    "",
                    Optional.of(
                        new StaticTopic(
                            7,
                            Map.of(
                                3,
                                List.of(
                                    new StaticTopic.Piece("a", 1, 0, 0),
                                    new StaticTopic.Piece("b", 0, -1, 0))))))));
  }

  @Test
  void readsHowOldTheFirstMessageIsThatIsLeft() {
    String queue =
        "{\"delayTime\":%d,\"messageQueue\":{\"brokerName\":\"a\",\"queueId\":%d,\"topic\":\"t\"}}";
    assertThat(
            ResponseBodies.unreadAges(
                bytes(
                    "{\"consumeTimeSpanSet\":[%s,%s,%s]}"
                        .formatted(
                            queue.formatted(4200, 0),
                            queue.formatted(0, 1),
                            queue.formatted(1795516393381L, 2)))))
        .as("nothing is left of the second, and the message of the third cannot be read any more")
        .isEqualTo(Map.of(0, Duration.ofMillis(4200)));
  }

  @Test
  void readsWhatABrokerHasCountedWithinAMinute() {
    byte[] body =
        """
        {"statsDay":{"avgpt":1024.0,"sum":921600,"tps":12.8},
         "statsHour":{"avgpt":1024.0,"sum":61440,"tps":17.07},
         "statsMinute":{"avgpt":1024.0,"sum":6144,"tps":102.4}}
        """
            .getBytes(StandardCharsets.UTF_8);
    assertThat(ResponseBodies.perSecond(body)).isEqualTo(102.4);
  }

  @Test
  void readsWhatIsPermittedOnBrokers() {
    assertThat(
            ResponseBodies.permissions(
                bytes(
                    """
                    {"brokerDatas":[],"queueDatas":[{"brokerName":"a","perm":7},\
                    {"brokerName":"b","perm":4,"readQueueNums":16}]}\
                    """)))
        .isEqualTo(Map.of("a", 7, "b", 4));
  }

  @Test
  void refusesWhatIsNoAnswerToTheRequest() {
    for (String body : new String[] {"", "[]", "7", "{\"offsetTable\":7}", "<html>", "{\"offset"}) {
      assertThatThrownBy(() -> ResponseBodies.commits(bytes(body)))
          .as(body)
          .isInstanceOf(RuntimeException.class);
    }
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] body(String file) throws IOException {
    try (InputStream in = ResponseBodiesTest.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(file + " is not there");
      }
      return in.readAllBytes();
    }
  }
}
