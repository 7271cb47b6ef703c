package io.mqexporter.http;

import io.mqexporter.config.WebConfig.RateLimit;
import java.util.function.LongSupplier;

/** Lets so many through at once, and then one an interval. Used by one thread. */
final class RateLimiter {

  private final RateLimit limit;
  private final LongSupplier nanoTime;
  private double tokens;
  private long seenNanos;

  /** Creates a limiter that nobody has used up yet. */
  RateLimiter(RateLimit limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.tokens = limit.burst();
    this.seenNanos = nanoTime.getAsLong();
  }

  /** Returns whether one more may pass, which then has. */
  boolean tryAcquire() {
    long now = nanoTime.getAsLong();
    double earned = (double) (now - seenNanos) / limit.interval().toNanos();
    seenNanos = now;
    tokens = Math.min(limit.burst(), tokens + earned);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
