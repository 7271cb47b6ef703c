package io.mqexporter.rocketmq.remoting;

import io.mqexporter.rocketmq.snapshot.ClientStatistics;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.Client;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupClients;
import io.mqexporter.rocketmq.snapshot.RocketMqSnapshot.GroupTopic;
import io.mqexporter.rocketmq.snapshot.RuntimeFigures;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.message.MessageRequestMode;
import org.apache.rocketmq.remoting.protocol.LanguageCode;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.body.ConsumerConnection;
import org.apache.rocketmq.remoting.protocol.body.ConsumerRunningInfo;
import org.apache.rocketmq.remoting.protocol.body.MessageRequestModeSerializeWrapper;
import org.apache.rocketmq.remoting.protocol.body.ProducerInfo;
import org.apache.rocketmq.remoting.protocol.body.ProducerTableInfo;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.jspecify.annotations.Nullable;

/** Parses the bodies of responses that tell of clients, as {@link ResponseBodies} does. */
final class ClientBodies {

  private ClientBodies() {}

  /** Parses the answer to 203 GET_CONSUMER_CONNECTION_LIST. */
  static GroupClients clients(byte[] body) {
    ConsumerConnection answer = RemotingSerializable.decode(body, ConsumerConnection.class);
    var clients = new HashMap<String, Client>();
    answer
        .getConnectionSet()
        .forEach(client ->
            clients.put(
                client.getClientId(),
                client(client.getLanguage(), client.getVersion(), client.getClientAddr())));
    String mode =
        switch (answer.getConsumeType()) {
          case CONSUME_ACTIVELY -> "pull";
          case CONSUME_PASSIVELY -> "push";
          case CONSUME_POP -> "pop";
        };
    return new GroupClients(
        clients,
        Optional.of(mode),
        Optional.of(answer.getMessageModel() == MessageModel.BROADCASTING),
        subscriptions(answer));
  }

  private static Client client(
      @Nullable LanguageCode language, int version, @Nullable String address) {
    return new Client(
        String.valueOf(language),
        RuntimeFigures.version(MQVersion.getVersionDesc(version)),
        Objects.requireNonNullElse(address, ""));
  }

  /** Parses the answer to 328 GET_ALL_PRODUCER_INFO into the producers of each group. */
  static Map<String, Map<String, Client>> producers(byte[] body) {
    var producers = new HashMap<String, Map<String, Client>>();
    RemotingSerializable.decode(body, ProducerTableInfo.class)
        .getData()
        .forEach((group, members) -> {
          var clients = new TreeMap<String, Client>();
          for (ProducerInfo member : members) {
            clients.put(
                member.getClientId(),
                client(member.getLanguage(), member.getVersion(), member.getRemoteIP()));
          }
          producers.put(group, clients);
        });
    return producers;
  }

  /** Parses the answer to 402 GET_ALL_MESSAGE_REQUEST_MODE into what is popped. */
  static Set<GroupTopic> popped(byte[] body) {
    var popped = new HashSet<GroupTopic>();
    RemotingSerializable.decode(body, MessageRequestModeSerializeWrapper.class)
        .getMessageRequestModeMap()
        .forEach((topic, groups) ->
            groups.forEach((group, settings) -> {
              if (settings.getMode() == MessageRequestMode.POP) {
                popped.add(new GroupTopic(group, topic));
              }
            }));
    return popped;
  }

  /** Parses the answer to 307 GET_CONSUMER_RUNNING_INFO; which client it was is not in it. */
  static ClientStatistics statistics(byte[] body) {
    ConsumerRunningInfo answer = RemotingSerializable.decode(body, ConsumerRunningInfo.class);
    var topics = new HashMap<String, ClientStatistics.OfTopic>();
    answer
        .getStatusTable()
        .forEach((topic, status) ->
            topics.put(
                topic,
                new ClientStatistics.OfTopic(
                    status.getPullRT(),
                    status.getPullTPS(),
                    status.getConsumeRT(),
                    status.getConsumeOKTPS(),
                    status.getConsumeFailedTPS(),
                    status.getConsumeFailedMsgs())));
    var subscriptions = new HashMap<String, String>();
    answer
        .getSubscriptionSet()
        .forEach(one -> putExpression(subscriptions, one.getTopic(), one.getSubString()));
    return new ClientStatistics(new Client("", "", ""), topics, subscriptions);
  }

  private static void putExpression(
      Map<String, String> expressions, String topic, @Nullable String expression) {
    if (!topic.startsWith(MixAll.RETRY_GROUP_TOPIC_PREFIX)) {
      expressions.put(topic, String.valueOf(expression));
    }
  }

  private static Set<Map<String, String>> subscriptions(ConsumerConnection answer) {
    var expressions = new HashMap<String, String>();
    if (answer.getSubscriptionTable() != null) {
      answer
          .getSubscriptionTable()
          .forEach((topic, subscription) ->
              putExpression(expressions, topic, subscription.getSubString()));
    }
    return expressions.isEmpty() ? Set.of() : Set.of(expressions);
  }
}
