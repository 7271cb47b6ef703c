package io.mqexporter.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.ApiMessageType.ListenerType;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.PartitionData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.TopicData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/**
 * What brokers that hold next to nothing answer: no more than the agent needs to read them whole.
 */
final class StandIns {

  private static final String HOST = "127.0.0.1";
  private static final int ID = 1;

  private StandIns() {}

  /** Returns what a Kafka broker at a port answers to a request. */
  static ByteBuffer kafka(int port, ByteBuffer frame) {
    RequestHeader header = RequestHeader.parse(frame);
    ApiKeys api = header.apiKey();
    ApiMessage reply = ApiMessageType.fromApiKey(api.id).newResponse();
    switch (reply) {
      case ApiVersionsResponseData versions -> {
        var all = ApiKeys.apisForListener(ListenerType.BROKER);
        versions.setApiKeys(ApiVersionsResponse.collectApis(ListenerType.BROKER, all, false));
      }
      case MetadataResponseData metadata -> {
        var broker = new MetadataResponseBroker().setNodeId(ID).setHost(HOST).setPort(port);
        metadata.setControllerId(ID).brokers().add(broker);
      }
      case DescribeClusterResponseData cluster -> {
        var broker = new DescribeClusterBroker().setBrokerId(ID).setHost(HOST).setPort(port);
        cluster.setClusterId("").setControllerId(ID).brokers().add(broker);
      }
      case DescribeQuorumResponseData quorum ->
          quorum.setTopics(
              List.of(
                  new TopicData()
                      .setTopicName("__cluster_metadata")
                      .setPartitions(List.of(new PartitionData().setLeaderId(ID)))));
      default -> {}
    }
    short version = header.apiVersion();
    return RequestUtils.serialize(
        header.toResponseHeader().data(), api.responseHeaderVersion(version), reply, version);
  }

  /** Returns what a RocketMQ broker at a port, a name server too, answers to a request. */
  static ByteBuffer rocketMq(int port, ByteBuffer frame) {
    try {
      RemotingCommand request = RemotingCommand.decode(frame);
      RemotingCommand reply = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, "");
      reply.setOpaque(request.getOpaque());
      reply.markResponseType();
      reply.setBody(rocketMqBody(port, request.getCode()).getBytes(StandardCharsets.UTF_8));
      return reply.encode().position(Integer.BYTES);
    } catch (RemotingCommandException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Returns what the management plugin of a RabbitMQ node answers at a path. */
  static String rabbitMq(String path) {
    return path.equals("/api/overview") ? "{\"object_totals\":{}}" : "[{\"name\":\"a\"}]";
  }

  private static String rocketMqBody(int port, int code) {
    return code == RequestCode.GET_BROKER_CLUSTER_INFO
        ? """
        {"brokerAddrTable":{"a":{"brokerName":"a","cluster":"c","brokerAddrs":{0:"%s:%d"}}}}
        """
            .formatted(HOST, port)
        // Each answer has its own field; who reads one passes over the others.
        : """
        {"table":{},"topicConfigTable":{"a":{}},"subscriptionGroupTable":{"a":{}},
        "offsetTable":{},"timingCount":{},"queueDatas":[],
        "connectionSet":[],"consumeType":"CONSUME_PASSIVELY"}
        """;
  }
}
