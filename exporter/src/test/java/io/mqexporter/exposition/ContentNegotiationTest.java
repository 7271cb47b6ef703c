package io.mqexporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentNegotiationTest {

  @Test
  void prometheus2GetsOpenMetrics() {
    assertThat(
            ContentNegotiation.format(
                "application/openmetrics-text;version=1.0.0,"
                    + "application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"))
        .isEqualTo(ExpositionFormat.OPENMETRICS);
  }

  @Test
  void prometheus3GetsOpenMetrics() {
    assertThat(
            ContentNegotiation.format(
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"))
        .isEqualTo(ExpositionFormat.OPENMETRICS);
  }

  @Test
  void theOrderThatAPrometheusUserChoseDecides() {
    assertThat(
            ContentNegotiation.format(
                "text/plain;version=0.0.4;q=0.5,"
                    + "application/openmetrics-text;version=1.0.0;q=0.4,*/*;q=0.3"))
        .isEqualTo(ExpositionFormat.TEXT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                               | TEXT",
        "*/*                                              | TEXT",
        "text/html,application/xhtml+xml,*/*;q=0.8        | TEXT",
        "application/openmetrics-text                     | OPENMETRICS",
        "application/*                                    | OPENMETRICS",
        "application/openmetrics-text;version=0.0.1       | TEXT",
        "application/openmetrics-text; version=\"1.0.0\"  | OPENMETRICS",
        "application/openmetrics-text;q=0                 | TEXT",
        "*/*;q=0.9,text/plain;q=0.1                       | OPENMETRICS",
        "APPLICATION/OpenMetrics-Text;Version=1.0.0       | OPENMETRICS",
        "application/openmetrics-text;q=loud              | TEXT",
        "nonsense,;;,/,=                                  | TEXT",
      })
  void theMostSpecificRangeDecides(String accept, ExpositionFormat expected) {
    assertThat(ContentNegotiation.format(accept)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gzip                | true",
        "deflate, gzip;q=0.5 | true",
        "gzip;q=0            | false",
        "*                   | true",
        "*;q=0               | false",
        "*, gzip;q=0         | false",
        "br                  | false",
        "``                  | false",
      })
  void gzipIsSentOnlyWhereItIsAccepted(String acceptEncoding, boolean expected) {
    assertThat(ContentNegotiation.acceptsGzip(acceptEncoding)).isEqualTo(expected);
  }
}
