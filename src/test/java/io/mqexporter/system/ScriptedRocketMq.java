package io.mqexporter.system;

import io.mqexporter.training.FrameServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/**
 * A RocketMQ name server, broker {@code a} and its slave in one, for answers that a real one cannot
 * be made to give. It holds a topic {@code t} of ten messages, of which group {@code g} has
 * committed four.
 */
final class ScriptedRocketMq implements AutoCloseable {

  private final FrameServer server;
  private final Map<Integer, Reply> replies = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> asked = new ConcurrentHashMap<>();

  private record Reply(int code, String text) {}

  private ScriptedRocketMq() throws IOException {
    server = FrameServer.start(this::answer);
    layout("\"cluster\":\"c\",", address(), address());
    answer(
        RequestCode.GET_ROUTEINFO_BY_TOPIC, "{\"queueDatas\":[{\"brokerName\":\"a\",\"perm\":7}]}");
    started(1);
    answer(
        RequestCode.GET_ALL_TOPIC_CONFIG,
        "{\"topicConfigTable\":{\"t\":{\"readQueueNums\":1,\"writeQueueNums\":1}}}");
    answer(RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG, "{\"subscriptionGroupTable\":{\"g\":{}}}");
    answer(RequestCode.GET_ALL_CONSUMER_OFFSET, "{\"offsetTable\":{\"t@g\":{0:4}}}");
    answer(
        RequestCode.GET_TOPIC_STATS_INFO,
        "{\"offsetTable\":{{\"brokerName\":\"a\",\"queueId\":0,\"topic\":\"t\"}:"
            + "{\"maxOffset\":10,\"minOffset\":0}}}");
    refuse(RequestCode.GET_CONSUMER_CONNECTION_LIST, ResponseCode.CONSUMER_NOT_ONLINE, "gone");
    answer(RequestCode.GET_BROKER_HA_STATUS, "{\"haConnectionInfo\":[]}");
    answer(RequestCode.GET_TIMER_METRICS, "{\"timingCount\":{}}");
  }

  static ScriptedRocketMq start() throws IOException {
    return new ScriptedRocketMq();
  }

  /** Returns {@code host:port} of all that it is. */
  String address() {
    return "127.0.0.1:" + server.port();
  }

  /**
   * Registers a master and a slave at these addresses, whose cluster is a JSON field or nothing.
   */
  void layout(String cluster, String master, String slave) {
    answer(
        RequestCode.GET_BROKER_CLUSTER_INFO,
        """
        {"brokerAddrTable":{"a":{%s"brokerName":"a","brokerAddrs":{0:"%s",1:"%s"}}}}
        """
            .formatted(cluster, master, slave));
  }

  /** Gives the broker another time at which it was started. */
  void started(long at) {
    answer(RequestCode.GET_BROKER_RUNTIME_INFO, "{\"table\":{\"bootTimestamp\":\"" + at + "\"}}");
  }

  /** From now on requests of a code are answered with a body. */
  void answer(int code, String body) {
    replies.put(code, new Reply(ResponseCode.SUCCESS, body));
  }

  /** From now on requests of a code are refused. */
  void refuse(int code, int with, String remark) {
    replies.put(code, new Reply(with, remark));
  }

  /** Returns how often a code was asked for. */
  int asked(int code) {
    return asked.getOrDefault(code, 0);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private ByteBuffer answer(int port, ByteBuffer frame) {
    try {
      RemotingCommand request = RemotingCommand.decode(frame);
      asked.merge(request.getCode(), 1, Integer::sum);
      Reply script =
          replies.getOrDefault(
              request.getCode(), new Reply(ResponseCode.REQUEST_CODE_NOT_SUPPORTED, "not known"));
      boolean granted = script.code() == ResponseCode.SUCCESS;
      RemotingCommand reply =
          RemotingCommand.createResponseCommand(script.code(), granted ? "" : script.text());
      reply.setOpaque(request.getOpaque());
      reply.markResponseType();
      if (granted) {
        reply.setBody(script.text().getBytes(StandardCharsets.UTF_8));
      }
      return reply.encode().position(Integer.BYTES);
    } catch (RemotingCommandException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
