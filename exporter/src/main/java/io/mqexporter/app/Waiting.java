package io.mqexporter.app;

import io.vertx.core.Future;
import java.net.BindException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what starts. */
final class Waiting {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

  private Waiting() {}

  static <T> T await(Future<T> future) throws StartException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new StartException(reason(e), e);
    } catch (TimeoutException e) {
      throw new StartException("not started within " + START_TIMEOUT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted", e);
    }
  }

  private static String reason(ExecutionException failure) {
    return switch (failure.getCause()) {
      case BindException _ -> "cannot be listened on (expected: a free port of an own address)";
      case UnknownHostException _ -> "unknown host (expected: an address of this machine)";
      case null, default -> String.valueOf(failure.getMessage());
    };
  }
}
