package io.mqexporter.http;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What is shown beside the metrics.
 *
 * @param status the start page as HTML
 * @param configuration the configuration as YAML, without secrets
 * @param ready whether every target has been collected once
 */
public record Pages(
    Supplier<String> status, Supplier<String> configuration, BooleanSupplier ready) {}
