package io.mqexporter.system;

import static java.util.Collections.nCopies;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mqexporter.brokers.Command;
import io.mqexporter.brokers.KafkaBroker;
import io.mqexporter.brokers.Repository;
import io.mqexporter.brokers.Sockets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The packaged agent while its configuration changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReloadIT {

  private static final int MANY = 1_000;

  private final Path folder = Repository.emptyRunFolder("reload");
  private final Path file = folder.resolve("config.yaml");
  private final SilentServer silent = new SilentServer();
  private final HttpClient client = HttpClient.newHttpClient();
  private KafkaBroker broker;
  private AgentProcess agent;

  @BeforeAll
  void start() throws Exception {
    broker = KafkaBroker.start("reload-kafka");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        var producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      admin.createTopics(List.of(new NewTopic("orders", 1, (short) 1))).all().get();
      for (int i = 0; i < 10; i++) {
        producer
            .send(new ProducerRecord<>("orders", "a record".getBytes(StandardCharsets.UTF_8)))
            .get();
      }
      var offsets = Map.of(new TopicPartition("orders", 0), new OffsetAndMetadata(3));
      admin.alterConsumerGroupOffsets("stopped", offsets).all().get();
    }
    Files.writeString(file, usual());
    agent =
        AgentProcess.start(
            "reload-agent",
            "unused",
            Map.of(),
            List.of("--config.file=" + file, "--web.enable-lifecycle"));
  }

  @AfterAll
  void stop() {
    agent.close();
    broker.close();
    silent.close();
    client.close();
  }

  @BeforeEach
  void useTheUsual() throws IOException {
    write(usual());
    awaitTargets("orders", "silent");
    awaitValue(1, "mq_exporter_config_last_reload_successful");
  }

  @Test
  void targetsComeAndGoAndTheOthersGoOn() throws IOException {
    awaitValue(1, "messaging_up", "messaging_cluster=\"orders\"");
    double requests = requests();

    write(usual() + target("second"));
    awaitTargets("orders", "silent", "second");
    awaitValue(1, "messaging_up", "messaging_cluster=\"second\"");
    assertThat(agent.get("/config").body()).contains("name: second");
    assertThat(agent.get("/sd").body()).contains("second");

    write("interval: 1s\ntargets:\n" + target("orders"));
    awaitTargets("orders");
    assertThat(agent.scrape().values("messaging_up", "messaging_cluster=\"second\"")).isEmpty();
    assertThat(agent.get("/probe?target=second").statusCode()).isEqualTo(404);
    // A collector that begins anew begins to count anew.
    assertThat(requests()).isGreaterThan(requests);
  }

  @Test
  void aTargetThatIsChangedRemembersWhatItSaw() throws IOException {
    awaitValue(
        1,
        "messaging_consumer_status",
        "messaging_consumer_group_name=\"stopped\"",
        "status=\"stopped\"");

    write(usual().replace("name: orders", "name: orders\n    max_series: 5000"));
    await().until(() -> agent.get("/config").body().contains("max_series: 5000"));
    await().until(() -> !agent.scrape().values("messaging_up", "\"orders\"").isEmpty());

    // A consumer that is seen for the first time is judged after ten collections.
    assertThat(
            agent
                .scrape()
                .value(
                    "messaging_consumer_status",
                    "messaging_consumer_group_name=\"stopped\"",
                    "status=\"stopped\""))
        .hasValue(1);
  }

  @Test
  void aBadFileChangesNothingAndSaysWhy() throws IOException {
    write("targets: [{name: orders, kafka: {bootstrap_server: a}}]");

    awaitValue(0, "mq_exporter_config_last_reload_successful");
    awaitTargets("orders", "silent");
    assertThat(agent.logLines("did you mean bootstrap_servers?")).hasSize(1);
    HttpResponse<String> answer = reload();
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("config.yaml:1: targets[0].kafka.bootstrap_server");
  }

  @Test
  void aFileThatIsRemovedChangesNothing() throws IOException {
    Files.delete(file);

    awaitValue(0, "mq_exporter_config_last_reload_successful");
    awaitTargets("orders", "silent");
  }

  @Test
  void aMountedConfigMapIsFollowed() throws IOException {
    mount("first", usual());
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("..data", "config.yaml"));
    awaitValue(1, "mq_exporter_config_last_reload_successful");

    mount("second", usual() + target("mounted"));

    awaitTargets("orders", "silent", "mounted");
    Files.delete(file);
  }

  @Test
  void theSignalReadsTheFileAgain() {
    long before = agent.logLines("was read again and holds").size();

    Command.signal(agent.handle(), "HUP");

    await().until(() -> agent.logLines("was read again and holds").size() > before);
    assertThat(agent.handle().isAlive()).isTrue();
  }

  @Test
  void aTargetIsChangedInTheMiddleOfACollectionThatHangs() throws IOException {
    silent.awaitConnection(Patience.LONGEST);

    write(usual().replace("name: silent", "name: silent\n    max_series: 7"));

    await().until(() -> agent.get("/config").body().contains("max_series: 7"));
    awaitTargets("orders", "silent");
  }

  @Test
  void aReloadOfWhatIsTheSameOpensNoConnection() throws IOException {
    write(
        "interval: 1h\ntimeout: 1m\ntargets:\n"
            + IntStream.range(0, 20).mapToObj(i -> target("same-" + i)).collect(joining()));
    await().until(() -> agent.scrape().values("messaging_up", "\"same-").equals(nCopies(20, 1.0)));
    Set<String> before = Sockets.of(broker.handle());

    reload(5);

    assertThat(before).containsAll(Sockets.of(broker.handle()));
    assertThat(agent.scrape().values("messaging_up", "\"same-")).hasSize(20).containsOnly(1.0);
  }

  @Test
  void aThousandReloadsLeaveNothingBehind() throws IOException {
    // Only what does not connect anew all the time.
    write("interval: 1s\ntargets:\n" + target("orders"));
    awaitTargets("orders");
    awaitValue(1, "messaging_up");
    // Pools fill while the first are answered.
    reload(MANY / 10);
    long threads = threads();
    long files = openFiles();

    reload(MANY);

    await()
        .untilAsserted(() -> {
          assertThat(threads()).isLessThanOrEqualTo(threads + 2);
          assertThat(openFiles()).isLessThanOrEqualTo(files + 2);
        });
  }

  private String usual() {
    return """
    interval: 1s
    targets:
    %s\
      - name: silent
        rabbitmq: {url: 'http://127.0.0.1:%d'}
    """
        .formatted(target("orders"), silent.port());
  }

  private String target(String name) {
    return "  - name: %s%n    kafka: {bootstrap_servers: '%s'}%n"
        .formatted(name, broker.bootstrapServers());
  }

  /** Replaces the file at once, as an editor does. */
  private void write(String yaml) throws IOException {
    Path other = Files.writeString(folder.resolve("config.new"), yaml);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Switches the link to the folder with the files, as a kubelet does. */
  private void mount(String edition, String yaml) throws IOException {
    Path data = Files.createDirectories(folder.resolve("..edition-" + edition));
    Files.writeString(data.resolve("config.yaml"), yaml);
    Path link = folder.resolve("..data_tmp");
    Files.createSymbolicLink(link, data.getFileName());
    Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitTargets(String... names) {
    await()
        .untilAsserted(() -> {
          String body = agent.get("/sd").body();
          assertThat(names).allSatisfy(name -> assertThat(body).contains("\"" + name + "\""));
          assertThat(body.split("__param_target", -1)).hasSize(names.length + 1);
        });
  }

  private void awaitValue(double expected, String family, String... labels) {
    await()
        .untilAsserted(() -> assertThat(agent.scrape().value(family, labels)).hasValue(expected));
  }

  private double requests() {
    return agent
        .scrape()
        .value("mq_exporter_requests_total", "messaging_cluster=\"orders\"")
        .orElseThrow();
  }

  private void reload(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      assertThat(reload().statusCode()).isEqualTo(200);
    }
  }

  private HttpResponse<String> reload() throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + agent.port() + "/-/reload"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private long threads() {
    return (long) agent.scrape().value("jvm_threads_current").orElseThrow();
  }

  private long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + agent.handle().pid() + "/fd"))) {
      return files.count();
    }
  }
}
