package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqexporter.collector.Leaders;
import io.mqexporter.collector.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class RabbitMqLeadersTest {

  private static final Leaders LEADERS =
      RabbitMqLeaders.of(
          Snapshots.of(
              Snapshots.START,
              """
              [{"vhost": "/", "name": "classic", "type": "classic", "node": "rabbit@c"},
               {"vhost": "/", "name": "quorum", "type": "quorum", "node": "rabbit@a",
                "leader": "rabbit@b", "members": ["rabbit@a", "rabbit@b"], "online": ["rabbit@b"]},
               {"vhost": "/", "name": "alone", "type": "quorum", "node": "rabbit@a",
                "leader": "", "members": ["rabbit@a", "rabbit@b"], "online": ["rabbit@a"]},
               {"vhost": "shop", "name": "classic", "type": "classic", "node": "rabbit@a"}]
              """,
              """
              [{"name": "rabbit@c", "running": true}, {"name": "rabbit@b", "running": true},
               {"name": "rabbit@a", "running": false}, {"name": "rabbit@d"}]
              """,
              "[]",
              List.of()));

  @Test
  void nodesThatRunAreInTheOrderOfTheirNames() {
    assertThat(LEADERS.running()).containsExactly("rabbit@b", "rabbit@c");
  }

  @Test
  void aQueueIsThatOfTheNodeThatLeadsIt() {
    assertThat(leader("", "/", "classic")).isEqualTo("rabbit@c");
    assertThat(leader("", "shop", "classic")).isEqualTo("rabbit@a");
    assertThat(leader("", "/", "quorum")).isEqualTo("rabbit@b");
  }

  @Test
  void whatNamesANodeIsTheNodes() {
    assertThat(leader("rabbit@a", "/", "quorum")).isEqualTo("rabbit@a");
  }

  @Test
  void whatHasNoLeaderIsNobodys() {
    assertThat(leader("", "/", "alone")).isEmpty();
    assertThat(leader("", "/", "unread")).isEmpty();
    assertThat(leader("", "", "")).isEmpty();
  }

  private static String leader(String node, String vhost, String queue) {
    return LEADERS.leader().apply(new Subject(node, "", "", vhost, queue, ""));
  }
}
