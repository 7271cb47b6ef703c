/**
 * The words of other exporters: the families that dashboards and alert rules written for them look
 * for, from the same snapshot.
 */
@NullMarked
package io.mqexporter.kafka.vocabulary;

import org.jspecify.annotations.NullMarked;
