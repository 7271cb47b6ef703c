package io.mqexporter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqexporter.metric.FamilyText;
import io.mqexporter.rabbitmq.json.DetailJson;
import io.mqexporter.rabbitmq.json.ManagementJson;
import io.mqexporter.rabbitmq.json.UnexpectedJsonException;
import io.mqexporter.rabbitmq.snapshot.Details;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetailMetricsTest {

  @Test
  void rendersNothingOfWhatWasNotRead() {
    assertThat(DetailMetrics.of("shop", Details.NONE)).isEmpty();
  }

  @Test
  void rendersEverythingThatIsKnown() throws IOException {
    var memory =
        parse(
            "{\"memory\":{\"binary\":5,\"msg_index\":6,\"strategy\":\"rss\",\"total\":{\"rss\":9}}}",
            DetailJson::memory);
    var connections =
        parse(
            """
            [{"vhost":"/","user":"b","state":"running"},{"vhost":"/","user":"a","state":"blocked"},
             {"vhost":"/","user":"b","state":"running"},{"vhost":"/","user":"none"},
             {"vhost":"other","user":"b","state":"running"}]
            """,
            json -> DetailJson.clients(json, "/"::equals));
    var channels =
        parse(
            "[{\"vhost\":\"/\",\"user\":\"b\",\"state\":\"flow\"}]",
            json -> DetailJson.clients(json, _ -> true));
    var policies =
        parse(
            """
            [{"vhost":"/","name":"ha","pattern":"^a","apply-to":"queues","definition":{"x":1},
              "priority":3},{"vhost":"other","name":"n","pattern":"","apply-to":"all"}]
            """,
            json -> DetailJson.policies(json, false, "/"::equals));
    var flags =
        parse(
            """
            [{"name":"khepri_db","state":"disabled","stability":"stable"},
             {"name":"quorum_queue","state":"enabled","stability":"required"}]
            """,
            DetailJson::featureFlags);
    var deprecated =
        parse(
            "[{\"name\":\"ram_node_type\",\"deprecation_phase\":\"permitted_by_default\"}]",
            DetailJson::deprecatedFeatures);
    var shovels =
        parse(
            """
            [{"vhost":"/","name":"s","type":"dynamic","state":"running","node":"rabbit@b"},
             {"vhost":"/","name":"s","type":"dynamic","state":"running","node":"rabbit@a"}]
            """,
            json -> DetailJson.shovels(json, _ -> true));
    var links =
        parse(
            """
            [{"vhost":"/","upstream":"up","exchange":"amq.topic","status":"running",
              "local_channel":{"number":1}},{"vhost":"/","upstream":"up","queue":"q","status":"error"}]
            """,
            json -> DetailJson.federationLinks(json, _ -> true));
    var certificates =
        parse(
            """
            {"status":"failed","reason":"Certificates expiring","expired":[
              {"node":"rabbit@a","protocol":"amqp/ssl","interface":"::","port":5671,
               "certfile":"c.pem","cacertfile":"ca.pem",
               "certfile_expires_on":["2030-02-01 0:00:00","2030-01-01 9:08:07"],
               "cacertfile_expires_on":[]},
              {"node":"rabbit@a","protocol":"https","port":15671,
               "certfile_expires_on":["no date"],"cacertfile_expires_on":["2031-01-01 10:00:00"]}]}
            """,
            DetailJson::certificates);
    var details =
        new Details(
            new TreeMap<>(Map.of("rabbit@a", memory)),
            connections,
            channels,
            policies,
            flags,
            deprecated,
            shovels,
            links,
            new TreeMap<>(Map.of("virtual-hosts", true, "alarms", false)),
            certificates,
            List.of());

    assertThat(FamilyText.of(DetailMetrics.of("shop", details)))
        .isEqualTo(
            """
            rabbitmq_health_check_ok{messaging_cluster="shop",check="alarms"} 0
            rabbitmq_health_check_ok{messaging_cluster="shop",check="virtual-hosts"} 1
            rabbitmq_listener_certificate_expiry_timestamp_seconds{messaging_cluster="shop",rabbitmq_node="rabbit@a",protocol="amqp/ssl",port="5671",certificate="own"} 1893488887
            rabbitmq_listener_certificate_expiry_timestamp_seconds{messaging_cluster="shop",rabbitmq_node="rabbit@a",protocol="https",port="15671",certificate="authority"} 1925028000
            rabbitmq_memory_binary_heap_bytes{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 5
            rabbitmq_memory_message_index_bytes{messaging_cluster="shop",rabbitmq_node="rabbit@a"} 6
            rabbitmq_user_connections{messaging_cluster="shop",vhost="/",user="a",state="blocked"} 1
            rabbitmq_user_connections{messaging_cluster="shop",vhost="/",user="b",state="running"} 2
            rabbitmq_user_connections{messaging_cluster="shop",vhost="/",user="none"} 1
            rabbitmq_user_channels{messaging_cluster="shop",vhost="/",user="b",state="flow"} 1
            rabbitmq_shovel_state{messaging_cluster="shop",vhost="/",shovel="s",shovel_type="dynamic",state="running"} 1
            rabbitmq_federation_link_state{messaging_cluster="shop",vhost="/",upstream="up",queue="q",state="error"} 1
            rabbitmq_federation_link_state{messaging_cluster="shop",vhost="/",upstream="up",exchange="amq.topic",state="running"} 1
            rabbitmq_policy_priority{messaging_cluster="shop",vhost="/",policy="ha",pattern="^a",apply_to="queues"} 3
            rabbitmq_feature_flag_enabled{messaging_cluster="shop",feature_flag="khepri_db",stability="stable"} 0
            rabbitmq_feature_flag_enabled{messaging_cluster="shop",feature_flag="quorum_queue",stability="required"} 1
            rabbitmq_deprecated_feature_used{messaging_cluster="shop",feature="ram_node_type",phase="permitted_by_default"} 1
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"status\":\"maybe\"}", "[]", "{\"reason\":\"proxy\"}"})
  void takesNoOtherReplyForThatOfAHealthCheck(String reply) {
    assertThatThrownBy(() -> parse(reply, DetailJson::check))
        .isInstanceOf(UnexpectedJsonException.class);
  }

  private static <T> T parse(String json, ManagementHttp.Parser<T> parser) throws IOException {
    return parser.parse(ManagementJson.mapper().createParser(json));
  }
}
