package io.mqexporter.rocketmq.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicKindTest {

  private static final Set<String> BROKERS = Set.of("broker-a", "cluster");
  private static final Set<String> GROUPS = Set.of("billing", "billing_eu");

  @Test
  void tellsWhatATopicIsForByItsName() {
    assertThat(kind("orders")).isEqualTo(new TopicKind.Ordinary());
    assertThat(kind("%DLQ%billing")).isEqualTo(new TopicKind.DeadLetter("billing"));
    assertThat(kind("%RETRY%billing")).isEqualTo(new TopicKind.Retry("billing"));
    assertThat(kind("%RETRY%gone")).isEqualTo(new TopicKind.Retry("gone"));
  }

  @Test
  void findsTheGroupOfAPopRetryTopic() {
    assertThat(kind("%RETRY%billing_orders")).isEqualTo(new TopicKind.Retry("billing"));
    assertThat(kind("%RETRY%billing+orders")).isEqualTo(new TopicKind.Retry("billing"));
    assertThat(kind("%RETRY%billing_eu")).isEqualTo(new TopicKind.Retry("billing_eu"));
    assertThat(kind("%RETRY%billing_eu_orders")).isEqualTo(new TopicKind.Retry("billing_eu"));
  }

  @Test
  void knowsTheTopicsOfTheBrokersThemselves() {
    for (String topic :
        new String[] {
          "TBW102",
          "SCHEDULE_TOPIC_XXXX",
          "RMQ_SYS_TRANS_HALF_TOPIC",
          "rmq_sys_wheel_timer",
          "broker-a",
          "cluster",
          "cluster_REPLY_TOPIC",
          "OFFSET_MOVED_EVENT",
          "BenchmarkTest"
        }) {
      assertThat(kind(topic)).as(topic).isInstanceOf(TopicKind.Internal.class);
    }
  }

  @Test
  void knowsTheGroupsOfTheBrokersThemselves() {
    assertThat(TopicKind.isInternalGroup("TOOLS_CONSUMER")).isTrue();
    assertThat(TopicKind.isInternalGroup("CID_RMQ_SYS_TRANS")).isTrue();
    assertThat(TopicKind.isInternalGroup("CID_ONSAPI_OWNER")).isTrue();
    assertThat(TopicKind.isInternalGroup("billing")).isFalse();
  }

  private static TopicKind kind(String topic) {
    return TopicKind.of(topic, BROKERS, GROUPS);
  }
}
