/**
 * Log events into Elasticsearch or OpenSearch: by {@code _bulk}, with ids that make sending again
 * harmless.
 */
@NullMarked
package io.mqexporter.logs.elasticsearch;

import org.jspecify.annotations.NullMarked;
