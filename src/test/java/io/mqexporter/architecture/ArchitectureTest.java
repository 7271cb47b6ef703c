package io.mqexporter.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The architecture, as a table that the build enforces; ARCHITECTURE.md says why. */
class ArchitectureTest {

  private static final String BASE = "io.mqexporter.";

  private static final List<Row> TABLE =
      List.of(
          row("metric"),
          row("collector", "metric"),
          row("messaging", "metric"),
          row("kafka", "collector", "messaging", "metric", "org.slf4j", "org.apache.kafka"),
          row("kafka.snapshot", "collector"),
          row("kafka.vocabulary", "kafka.snapshot", "collector", "messaging", "metric"),
          row(
              "rabbitmq",
              "collector",
              "relay",
              "messaging",
              "metric",
              "org.slf4j",
              "relay",
              "com.rabbitmq",
              "com.fasterxml.jackson"),
          row("rabbitmq.snapshot", "collector", "messaging"),
          row("relay", "collector", "metric"),
          row("rabbitmq.relay", "relay"),
          row("rabbitmq.vocabulary", "rabbitmq.snapshot", "messaging", "metric"),
          row("rabbitmq.json", "rabbitmq.snapshot", "messaging", "com.fasterxml.jackson"),
          row(
              "rocketmq",
              "collector",
              "relay",
              "messaging",
              "metric",
              "org.slf4j",
              "org.apache.rocketmq",
              "io.netty",
              "com.alibaba.fastjson2"),
          row(
              "jmx",
              "collector",
              "messaging",
              "metric",
              "relay",
              "io.prometheus",
              "org.yaml.snakeyaml"),
          row("process", "collector", "messaging", "metric"),
          row("jmx.mbean", "metric"),
          row("jmx.rmi"),
          row("jmx.rules", "metric", "relay", "io.prometheus", "org.yaml.snakeyaml"),
          row(
              "rocketmq.remoting",
              "rocketmq.snapshot",
              "collector",
              "org.apache.rocketmq",
              "io.netty",
              "com.alibaba.fastjson2"),
          row(
              "rocketmq.reading",
              "rocketmq.remoting",
              "rocketmq.snapshot",
              "relay",
              "collector",
              "org.apache.rocketmq"),
          row("rocketmq.snapshot", "org.apache.rocketmq"),
          row("rocketmq.view", "rocketmq.snapshot", "messaging"),
          row(
              "rocketmq.vocabulary",
              "rocketmq.view",
              "rocketmq.snapshot",
              "messaging",
              "metric",
              "org.apache.rocketmq"),
          row(
              "config",
              "collector",
              "jmx",
              "kafka",
              "logs",
              "messaging",
              "metric",
              "otlp",
              "process",
              "rabbitmq",
              "rocketmq",
              "org.yaml.snakeyaml"),
          row("collection", "collector", "metric", "io.vertx", "org.slf4j"),
          row("exposition", "collection", "collector", "metric", "io.prometheus"),
          row("delivery", "collector", "io.vertx", "org.slf4j"),
          row(
              "otlp",
              "collection",
              "collector",
              "delivery",
              "metric",
              "com.google.protobuf",
              "io.opentelemetry.proto",
              "io.vertx",
              "org.slf4j"),
          row(
              "logs",
              "collector",
              "delivery",
              "metric",
              "com.fasterxml.jackson.core",
              "io.vertx",
              "org.fluentd",
              "org.slf4j"),
          row("logs.journal"),
          row("logs.parse", "logs", "io.vertx"),
          row("logs.tail", "logs", "logs.journal", "logs.parse"),
          row(
              "logs.forward",
              "logs",
              "logs.journal",
              "logs.tail",
              "collector",
              "metric",
              "org.slf4j"),
          row("logs.stdout", "logs", "logs.sink", "com.fasterxml.jackson.core", "org.slf4j"),
          row("logs.sink", "logs", "com.fasterxml.jackson.core"),
          row(
              "logs.elasticsearch",
              "logs.sink",
              "logs",
              "collector",
              "delivery",
              "com.fasterxml.jackson.core",
              "io.vertx",
              "org.slf4j"),
          row(
              "logs.fluent",
              "logs.sink",
              "logs",
              "collector",
              "delivery",
              "io.vertx",
              "org.fluentd",
              "org.slf4j"),
          row(
              "http",
              "collector",
              "config",
              "exposition",
              "io.vertx",
              "io.netty.buffer",
              "org.springframework.security.crypto.bcrypt"),
          row(
              "app",
              "collection",
              "collector",
              "config",
              "exposition",
              "http",
              "jmx",
              "kafka",
              "logs",
              "messaging",
              "metric",
              "otlp",
              "process",
              "rabbitmq",
              "rocketmq",
              "ch.qos.logback",
              "io.vertx",
              "org.slf4j",
              "picocli"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("io.mqexporter");

  /** A package, and what it may use besides itself and the JDK. */
  record Row(String name, List<String> allowed) {}

  private static Row row(String name, String... allowed) {
    return new Row(name, List.of(allowed));
  }

  static Stream<Row> table() {
    return TABLE.stream();
  }

  @ParameterizedTest
  @MethodSource("table")
  void dependsOnlyOnWhatTheTableAllows(Row row) {
    var allowed =
        new ArrayList<>(List.of(BASE + row.name() + "..", "java..", "javax..", "org.jspecify.."));
    for (String name : row.allowed()) {
      boolean ours = TABLE.stream().anyMatch(other -> other.name().equals(name));
      allowed.add((ours ? BASE + name : name) + "..");
    }
    classes()
        .that()
        .resideInAPackage(BASE + row.name() + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void theTableIsComplete() {
    var packages =
        CLASSES.stream().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));

    assertThat(TABLE.stream().map(row -> BASE + row.name()))
        .containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(BASE + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheProgramItselfWritesToStandardStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + "app")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void onlyConfigurationAndProgramReadTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + "app", BASE + "config")
        .should()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getenv")
        .check(CLASSES);
  }
}
