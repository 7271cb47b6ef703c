package io.mqexporter.http;

import io.mqexporter.exposition.Backlogs;
import io.mqexporter.exposition.Probes;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What is shown beside the metrics.
 *
 * @param status the start page as HTML
 * @param configuration the configuration as YAML, without secrets
 * @param probes the pages of single targets
 * @param backlogs how much work waits for each group
 * @param ready whether every target has been collected once
 * @param reload reads the configuration again and says what is wrong with it; empty if nobody may
 *     ask for that
 */
public record Pages(
    Supplier<String> status,
    Supplier<String> configuration,
    Probes probes,
    Backlogs backlogs,
    BooleanSupplier ready,
    Optional<Supplier<Optional<String>>> reload) {}
