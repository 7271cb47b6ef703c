package io.mqexporter.collection;

import io.mqexporter.collector.Missing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/** Logs how a target's collections end: one line when that changes, none at each beat. */
final class CollectionLog {

  private static final int PARTS_NAMED = 3;

  private final Logger logger;
  private final Target target;
  private Class<?> state = CollectionLog.class;
  private boolean overBudget;

  CollectionLog(Logger logger, Target target) {
    this.logger = logger;
    this.target = target;
  }

  void stateOf(CollectionResult result) {
    outcomeOf(result);
    if (!(result instanceof CollectionResult.Failure)) {
      budgetOf(result);
    }
  }

  private void budgetOf(CollectionResult result) {
    Optional<LeftOut> tooMuch =
        result.leftOut().stream()
            .filter(leftOut -> leftOut.reason() == LeftOut.Reason.BUDGET)
            .findFirst();
    if (tooMuch.isPresent() == overBudget) {
      return;
    }
    overBudget = tooMuch.isPresent();
    tooMuch.ifPresentOrElse(
        leftOut ->
            logger.warn(
                "{}: more series than max_series, {}; left out: {}",
                target.id(),
                target.limit().maxSeries(),
                leftOut.describe()),
        () ->
            logger.info(
                "{}: within max_series, {}, again", target.id(), target.limit().maxSeries()));
  }

  private void outcomeOf(CollectionResult result) {
    if (result.getClass() == state) {
      return;
    }
    state = result.getClass();
    switch (result) {
      case CollectionResult.Success success ->
          logger.info("{}: up, read whole in {} ms", target.id(), success.took().toMillis());
      case CollectionResult.Partial partial ->
          logger.warn(
              "{}: up, but not all could be read: {}", target.id(), describe(partial.missing()));
      case CollectionResult.Failure failure ->
          logger.error("{}: down: {}", target.id(), failure.reason());
    }
  }

  private static String describe(List<Missing> missing) {
    String named =
        missing.stream()
            .limit(PARTS_NAMED)
            .map(part -> part.what() + " (" + part.why() + ")")
            .collect(Collectors.joining("; "));
    return missing.size() > PARTS_NAMED
        ? named + "; and " + (missing.size() - PARTS_NAMED) + " more"
        : named;
  }
}
