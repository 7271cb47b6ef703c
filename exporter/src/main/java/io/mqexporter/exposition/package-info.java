/** Turns what was collected into the finished bytes that a scrape writes. */
@NullMarked
package io.mqexporter.exposition;

import org.jspecify.annotations.NullMarked;
