package io.mqexporter.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NameFilterTest {

  @Test
  void everythingIsReadByDefault() {
    assertThat(NameFilter.ALL.accepts("orders")).isTrue();
    assertThat(NameFilter.ALL.accepts("")).isTrue();
    assertThat(NameFilter.ALL.accepts("two\nlines")).isTrue();
  }

  @Test
  void aNameMustMatchAsAWhole() {
    NameFilter filter = filter(List.of("orders", "pay.*"), List.of());

    assertThat(Stream.of("orders", "payments", "pay", "my-orders", "orders2", "Orders"))
        .filteredOn(filter::accepts)
        .containsExactly("orders", "payments", "pay");
  }

  @Test
  void whatIsExcludedIsNotReadEvenIfItIsIncluded() {
    NameFilter filter = filter(List.of("orders.*"), List.of(".*-test", "orders-[0-9]+"));

    assertThat(Stream.of("orders", "orders-test", "orders-17", "orders-a", "other"))
        .filteredOn(filter::accepts)
        .containsExactly("orders", "orders-a");
    assertThat(filter(List.of(), List.of("a")).accepts("b")).isTrue();
  }

  private static NameFilter filter(List<String> include, List<String> exclude) {
    return new NameFilter(
        include.stream().map(Pattern::compile).toList(),
        exclude.stream().map(Pattern::compile).toList());
  }
}
