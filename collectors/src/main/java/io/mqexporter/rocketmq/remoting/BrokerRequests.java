package io.mqexporter.rocketmq.remoting;

import io.mqexporter.collector.Deadline;
import io.mqexporter.rocketmq.remoting.RemotingConnections.Sent;
import io.mqexporter.rocketmq.remoting.RequestFailedException.Kind;
import io.mqexporter.rocketmq.snapshot.BrokerStatistic;
import io.mqexporter.rocketmq.snapshot.ClientStatistics;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.BrokerProcess;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Commits;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupSettings;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.QueueOffsets;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Replication;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.TopicSettings;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.header.GetAllProducerInfoRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetAllSubscriptionGroupRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetAllTopicConfigRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetConsumerConnectionListRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetConsumerRunningInfoRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.GetTopicStatsInfoRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.QueryConsumeTimeSpanRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.ViewBrokerStatsDataRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.namesrv.GetRouteInfoRequestHeader;
import org.jspecify.annotations.Nullable;

/**
 * The requests that the agent sends to name servers and brokers, all of them read-only. Code 26
 * GET_BROKER_CONFIG is never sent: RocketMQ 5.5 answers it with the super user's secret.
 */
public record BrokerRequests(RemotingConnections connections) {

  /**
   * A request that is under way.
   *
   * @param <T> what it asks for
   */
  public record Pending<T>(Sent sent, int code, Function<RemotingCommand, T> parser) {

    /** Returns whether there is an answer, be it a refusal. */
    public boolean hasCome() {
      return sent.answer().state() == Future.State.SUCCESS;
    }
  }

  /** Asks a name server for all clusters and brokers. */
  public List<BrokerProcess> layout(String nameServer, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    return await(
        send(
            nameServer,
            RequestCode.GET_BROKER_CLUSTER_INFO,
            null,
            ResponseBodies::layout,
            deadline),
        deadline);
  }

  /**
   * Asks a name server for what may be done with a topic on each broker.
   *
   * @return by the broker's name, the sum of 4 (read), 2 (write) and 1 (inherit)
   */
  public Map<String, Integer> permissions(String nameServer, String topic, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    var header = new GetRouteInfoRequestHeader();
    header.setTopic(topic);
    return await(
        send(
            nameServer,
            RequestCode.GET_ROUTEINFO_BY_TOPIC,
            header,
            ResponseBodies::permissions,
            deadline),
        deadline);
  }

  /** Asks a controller whether it leads its group. */
  public boolean leads(String controller, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    int code = RequestCode.CONTROLLER_GET_METADATA_INFO;
    RemotingCommand request = RemotingCommand.createRequestCommand(code, null);
    return await(
        new Pending<>(
            connections.send(controller, request, deadline), code, BrokerRequests::isLeader),
        deadline);
  }

  private static boolean isLeader(RemotingCommand answer) {
    String told = answer.getExtFields().get("isLeader");
    if (told == null) {
      throw new IllegalArgumentException("it does not say");
    }
    return Boolean.parseBoolean(told);
  }

  /** Asks a broker for its runtime figures. */
  public Pending<RuntimeFigures> runtimeFigures(String broker, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    return send(
        broker,
        RequestCode.GET_BROKER_RUNTIME_INFO,
        null,
        ResponseBodies::runtimeFigures,
        deadline);
  }

  /** Asks a master for all that groups have committed. */
  public Pending<Commits> commits(String broker, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    return send(
        broker, RequestCode.GET_ALL_CONSUMER_OFFSET, null, ResponseBodies::commits, deadline);
  }

  /** Asks a master how far its slaves are. Releases before 5 do not know that. */
  public Replication replication(String broker, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    return await(
        send(broker, RequestCode.GET_BROKER_HA_STATUS, null, ResponseBodies::replication, deadline),
        deadline);
  }

  /**
   * Asks a master for the messages that wait for their time. Releases before 5 do not know that.
   */
  public Map<String, Long> timed(String broker, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    return await(
        send(broker, RequestCode.GET_TIMER_METRICS, null, ResponseBodies::timed, deadline),
        deadline);
  }

  /** Asks a master for the producers that are connected. */
  public Map<String, Map<String, Client>> producers(String broker, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    return await(
        send(
            broker,
            RequestCode.GET_ALL_PRODUCER_INFO,
            new GetAllProducerInfoRequestHeader(),
            ClientBodies::producers,
            deadline),
        deadline);
  }

  /** Asks a master which groups pop their messages. Releases before 5 do not know that. */
  public Set<GroupTopic> popped(String broker, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    return await(
        send(
            broker, RequestCode.GET_ALL_MESSAGE_REQUEST_MODE, null, ClientBodies::popped, deadline),
        deadline);
  }

  /** Asks a master for the settings of all topics. */
  public Pending<Map<String, TopicSettings>> topics(String broker, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    return send(
        broker,
        RequestCode.GET_ALL_TOPIC_CONFIG,
        new GetAllTopicConfigRequestHeader(),
        ResponseBodies::topics,
        deadline);
  }

  /** Asks a master for the settings of all consumer groups. */
  public Pending<Map<String, GroupSettings>> groups(String broker, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    return send(
        broker,
        RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG,
        new GetAllSubscriptionGroupRequestHeader(),
        ResponseBodies::groups,
        deadline);
  }

  /** Asks a master for the offsets of a topic's queues. */
  public Pending<Map<Integer, QueueOffsets>> offsets(String broker, String topic, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    var header = new GetTopicStatsInfoRequestHeader();
    header.setTopic(topic);
    return send(
        broker, RequestCode.GET_TOPIC_STATS_INFO, header, ResponseBodies::offsets, deadline);
  }

  /** Asks a master for the clients of a group. */
  public Pending<GroupClients> clients(String broker, String group, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    var header = new GetConsumerConnectionListRequestHeader();
    header.setConsumerGroup(group);
    return send(
        broker, RequestCode.GET_CONSUMER_CONNECTION_LIST, header, ClientBodies::clients, deadline);
  }

  /**
   * Asks a master how old the oldest message is that a group has left in each queue; it reads the
   * message from its log.
   */
  public Pending<Map<Integer, Duration>> unreadAges(
      String broker, GroupTopic consumption, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    var header = new QueryConsumeTimeSpanRequestHeader();
    header.setTopic(consumption.topic());
    header.setGroup(consumption.group());
    return send(
        broker, RequestCode.QUERY_CONSUME_TIME_SPAN, header, ResponseBodies::unreadAges, deadline);
  }

  /** Asks a master what it has counted within the last minute, as the mean by second. */
  public Pending<Double> perSecond(String broker, BrokerStatistic statistic, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    var header = new ViewBrokerStatsDataRequestHeader();
    header.setStatsName(statistic.kind().name());
    header.setStatsKey(statistic.key());
    return send(
        broker, RequestCode.VIEW_BROKER_STATS_DATA, header, ResponseBodies::perSecond, deadline);
  }

  /** Asks a consumer, through a broker that it is connected to, how it fares. */
  public Pending<ClientStatistics> statistics(
      String broker, String group, String client, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    var header = new GetConsumerRunningInfoRequestHeader();
    header.setConsumerGroup(group);
    header.setClientId(client);
    return send(
        broker, RequestCode.GET_CONSUMER_RUNNING_INFO, header, ClientBodies::statistics, deadline);
  }

  /** Waits for what a request asks for. */
  public <T> T await(Pending<T> pending, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    return parsed(pending, connections.await(pending.sent(), deadline));
  }

  /** Waits for the same of a request that a broker passes on to a client, which may hang. */
  public <T> T awaitPassedOn(Pending<T> pending, Deadline deadline)
      throws RequestFailedException, InterruptedException {
    return parsed(pending, connections.awaitPassedOn(pending.sent(), deadline));
  }

  private static <T> T parsed(Pending<T> pending, RemotingCommand answer)
      throws RequestFailedException {
    String address = pending.sent().address();
    if (answer.getCode() != ResponseCode.SUCCESS) {
      throw Refusals.of(address, pending.code(), answer);
    }
    try {
      return pending.parser().apply(answer);
    } catch (RuntimeException e) {
      // Whatever the parser stumbles over: the body is not what this code expects.
      throw new RequestFailedException(
          Kind.UNREADABLE,
          "%s: the answer to request %d cannot be understood".formatted(address, pending.code()),
          e);
    }
  }

  private <T> Pending<T> send(
      String address,
      int code,
      @Nullable CommandCustomHeader header,
      Function<byte[], T> parser,
      Deadline deadline)
      throws RequestFailedException, InterruptedException {
    RemotingCommand request = RemotingCommand.createRequestCommand(code, header);
    return new Pending<>(
        connections.send(address, request, deadline),
        code,
        answer -> parser.apply(answer.getBody()));
  }
}
