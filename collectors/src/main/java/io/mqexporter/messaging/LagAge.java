package io.mqexporter.messaging;

/**
 * The age of the oldest message that a consumption has yet to consume.
 *
 * @param seconds the age; 0 when there is no such message
 * @param source where it comes from
 */
record LagAge(double seconds, Source source) {

  /** Nothing waits. */
  static final LagAge NONE = new LagAge(0, Source.OFFSETS);

  /** Where an age comes from, from the most to the least exact. */
  enum Source {
    /** The offsets alone say that there is no such message. */
    OFFSETS("offsets"),
    /** The message itself was looked at. */
    RECORD("record"),
    /** It was interpolated between the end offsets that were seen, to within one interval. */
    HISTORY("history");

    private final String labelValue;

    Source(String labelValue) {
      this.labelValue = labelValue;
    }

    String labelValue() {
      return labelValue;
    }
  }

  /**
   * Returns the age of a message that was written at a point in time, which may be ahead of now.
   */
  static LagAge since(long writtenAtMillis, long nowMillis, Source source) {
    return new LagAge(Math.max(0, nowMillis - writtenAtMillis) / 1000.0, source);
  }

  /** Returns the older of both. */
  LagAge or(LagAge other) {
    return other.seconds > seconds ? other : this;
  }
}
