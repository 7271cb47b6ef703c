package io.mqexporter.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mqexporter.brokers.FluentPeer;
import io.mqexporter.brokers.FluentPeer.Demands;
import io.mqexporter.brokers.NodePeer;
import io.mqexporter.brokers.Ports;
import io.mqexporter.brokers.Repository;
import io.mqexporter.collector.Secret;
import io.mqexporter.collector.Tls;
import io.mqexporter.credentials.Certificates;
import io.mqexporter.logs.LogEvent;
import io.mqexporter.logs.LogSink.Delivered;
import io.mqexporter.logs.fluent.FluentConfig;
import io.mqexporter.logs.fluent.FluentConfig.Security;
import io.mqexporter.logs.fluent.FluentConfig.User;
import io.mqexporter.logs.fluent.FluentSink;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Log events to a receiver of the forward protocol that is not ours. */
class FluentIT {

  /** So long that nothing is sent again only because the receiver was slow. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Vertx vertx = Vertx.vertx();

  private final Path folder = Repository.emptyRunFolder("fluent");

  @AfterAll
  static void close() throws InterruptedException {
    NumberedEvents.stopDelivering();
    vertx.close();
  }

  @Test
  void eachEventArrivesWithItsFieldsInOrder() throws InterruptedException {
    List<LogEvent> events = NumberedEvents.of(5_000);
    try (NodePeer peer = FluentPeer.start("fluent-plain", Demands.NONE);
        FluentSink sink = sink(Security.NONE, peer.port())) {
      assertThat(sink.deliver(events)).isEqualTo(new Delivered(5_000, 0, 0));

      assertThat(messages(peer, events.size()))
          .containsExactlyElementsOf(NumberedEvents.messages(events));
      JsonNode first = peer.entries().getFirst();
      assertThat(first.path("tag").asText()).isEqualTo("mq.kafka");
      assertThat(first.path("time")).hasToString("[1795516296,123000000]");
      assertThat(first.path("record").path("event.id").asText()).isEqualTo("id-0");
      assertThat(first.path("record").path("log.offset").asInt()).isZero();
      assertThat(first.path("record").path("error.type").asText()).isEqualTo("java.io.IOException");
    }
  }

  @ParameterizedTest
  @EnumSource(TcpProxy.Mode.class)
  void whateverTheNetworkDoesNoEventIsLost(TcpProxy.Mode mode) throws Exception {
    List<LogEvent> events = NumberedEvents.of(300);
    try (NodePeer peer =
            FluentPeer.start("fluent-" + mode.name().toLowerCase(Locale.ROOT), Demands.NONE);
        TcpProxy proxy = TcpProxy.start(Ports.free(), peer.port());
        FluentSink sink = sink(Security.NONE, proxy.port())) {
      proxy.set(mode);
      CompletableFuture<Delivered> delivery = NumberedEvents.deliverAside(sink, events);
      if (mode == TcpProxy.Mode.RESET || mode == TcpProxy.Mode.TRICKLE) {
        // It has events whose acknowledgement has not arrived, and never will.
        await().until(() -> !peer.entries().isEmpty());
      }
      proxy.set(TcpProxy.Mode.FORWARD);

      assertThat(delivery)
          .succeedsWithin(Duration.ofSeconds(30))
          .isEqualTo(new Delivered(300, 0, 0));
      List<String> messages = messages(peer, events.size());
      assertThat(messages.stream().distinct())
          .containsExactlyElementsOf(NumberedEvents.messages(events));
      assertThat(messages.size() > events.size())
          .as("sent again")
          .isEqualTo(mode == TcpProxy.Mode.RESET || mode == TcpProxy.Mode.TRICKLE);
    }
  }

  @Test
  void aReceiverThatIsAwayIsWaitedFor() throws Exception {
    List<LogEvent> events = NumberedEvents.of(10);
    try (NodePeer peer = FluentPeer.start("fluent-restarted", Demands.NONE);
        FluentSink sink = sink(Security.NONE, peer.port())) {
      sink.deliver(events.subList(0, 5));
      peer.restart();

      assertThat(sink.deliver(events.subList(5, 10))).isEqualTo(new Delivered(5, 0, 0));
      assertThat(messages(peer, events.size()))
          .containsExactlyElementsOf(NumberedEvents.messages(events));
    }
  }

  @Test
  void anotherReceiverIsSentToWhenOneIsAway() throws InterruptedException {
    try (NodePeer peer = FluentPeer.start("fluent-second", Demands.NONE);
        FluentSink sink = sink(Security.NONE, Ports.free(), peer.port())) {
      assertThat(sink.deliver(NumberedEvents.of(10))).isEqualTo(new Delivered(10, 0, 0));
    }
  }

  @Test
  void whoKnowsTheKeyMaySend() throws InterruptedException {
    var demands = new Demands("s3cr3t", "", "");
    try (NodePeer peer = FluentPeer.start("fluent-key", demands)) {
      try (FluentSink sink = sink(key("s3cr3t"), peer.port())) {
        assertThat(sink.deliver(NumberedEvents.of(10))).isEqualTo(new Delivered(10, 0, 0));
      }
      for (Security wrong : List.of(key("wrong"), Security.NONE)) {
        try (FluentSink sink = sink(wrong, peer.port())) {
          assertThat(NumberedEvents.deliverAside(sink, NumberedEvents.of(10)))
              .failsWithin(Duration.ofSeconds(2));
        }
      }
      assertThat(messages(peer, 10)).hasSize(10);
    }
  }

  @Test
  void aKeyThatIsRenewedInItsFileIsUsed() throws Exception {
    Path home = Repository.emptyRunFolder("fluent-renewed");
    Path key = Files.writeString(home.resolve("key"), "outdated\n");
    Path log = Files.createDirectories(home.resolve("log")).resolve("server.log");
    Files.writeString(
        log,
        """
        [2025-04-09 10:00:00,393] ERROR one (a.B)
        [2025-04-09 10:00:00,394] INFO two (a.B)
        """);
    try (NodePeer peer = FluentPeer.start("fluent-renewed-peer", new Demands("s3cr3t", "", ""));
        AgentProcess agent =
            AgentProcess.start(
                home,
                """
                interval: 1s
                targets:
                  - {name: none, interval: 1h, kafka: {bootstrap_servers: "127.0.0.1:1"}}
                logs:
                  state_folder: %1$s/state
                  sources: [{system: kafka, paths: '%1$s/log/*.log'}]
                  sinks:
                    - fluent: {addresses: '127.0.0.1:%2$d', timeout: 1s, shared_key: '${file:%3$s}'}
                """
                    .formatted(home, peer.port(), key),
                Map.of(),
                List.of())) {
      await().until(() -> !agent.logLines("log events wait until it works again").isEmpty());
      Files.writeString(key, "s3cr3t\n");

      await().until(() -> !peer.entries().isEmpty());
      assertThat(messages(peer, 1)).containsExactly("one");
    }
  }

  @Test
  void whoKnowsKeyAndPasswordMaySend() throws InterruptedException {
    var demands = new Demands("s3cr3t", "agent:pass", "");
    try (NodePeer peer = FluentPeer.start("fluent-user", demands)) {
      try (FluentSink sink = sink(keyAndUser("pass"), peer.port())) {
        assertThat(sink.deliver(NumberedEvents.of(10))).isEqualTo(new Delivered(10, 0, 0));
      }
      for (Security wrong : List.of(keyAndUser("wrong"), key("s3cr3t"))) {
        try (FluentSink sink = sink(wrong, peer.port())) {
          assertThat(NumberedEvents.deliverAside(sink, NumberedEvents.of(10)))
              .failsWithin(Duration.ofSeconds(2));
        }
      }
      assertThat(messages(peer, 10)).hasSize(10);
    }
  }

  @Test
  void anOwnAuthorityIsBelievedAndNoOther() throws IOException, InterruptedException {
    var certificates = new Certificates(folder).issue("server");
    Path pem = Files.writeString(folder.resolve("server.pem"), certificates.pem("server"));
    var authorities = Tls.certificates(Files.readString(certificates.authorityPem()));
    try (NodePeer peer =
        FluentPeer.start("fluent-tls", new Demands("s3cr3t", "", pem.toString()))) {
      try (FluentSink sink =
          sink(tls(Optional.of(new Tls(authorities, Optional.empty()))), peer.port())) {
        assertThat(sink.deliver(NumberedEvents.of(10))).isEqualTo(new Delivered(10, 0, 0));
      }
      for (Security wrong : List.of(tls(Optional.empty()), key("s3cr3t"))) {
        try (FluentSink sink = sink(wrong, peer.port())) {
          assertThat(NumberedEvents.deliverAside(sink, NumberedEvents.of(10)))
              .failsWithin(Duration.ofSeconds(2));
        }
      }
      assertThat(messages(peer, 10)).hasSize(10);
    }
  }

  /** Returns what has arrived, once it is so many: the peer acknowledges before it looks at it. */
  private static List<String> messages(NodePeer peer, int count) {
    await().until(() -> peer.entries().size() >= count);
    return peer.entries().stream()
        .map(entry -> entry.path("record").path("message").asText())
        .toList();
  }

  private static Security key(String key) {
    return new Security(Optional.of(new Secret(key)), Optional.empty(), false, Optional.empty());
  }

  private static Security keyAndUser(String password) {
    return new Security(
        Optional.of(new Secret("s3cr3t")),
        Optional.of(new User("agent", new Secret(password))),
        false,
        Optional.empty());
  }

  private static Security tls(Optional<Tls> tls) {
    return new Security(Optional.of(new Secret("s3cr3t")), Optional.empty(), true, tls);
  }

  private static FluentSink sink(Security security, Integer... ports) {
    List<String> addresses = List.of(ports).stream().map(port -> "127.0.0.1:" + port).toList();
    return new FluentSink(
        new FluentConfig(addresses, FluentConfig.DEFAULT_TAG, security, TIMEOUT, 200_000), vertx);
  }
}
