package io.mqexporter.exposition;

/** A text form of metrics that Prometheus and others read. */
public enum ExpositionFormat {
  /** Prometheus' text format. */
  TEXT("text", "plain", "0.0.4"),
  /** OpenMetrics. */
  OPENMETRICS("application", "openmetrics-text", "1.0.0");

  private final String type;
  private final String subtype;
  private final String version;

  ExpositionFormat(String type, String subtype, String version) {
    this.type = type;
    this.subtype = subtype;
    this.version = version;
  }

  /** Returns the value of the header {@code Content-Type}. */
  public String contentType() {
    return type + "/" + subtype + "; version=" + version + "; charset=utf-8";
  }

  String type() {
    return type;
  }

  String subtype() {
    return subtype;
  }

  String version() {
    return version;
  }
}
