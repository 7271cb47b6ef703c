/**
 * The words of another exporter: the families that dashboards and alert rules written for it look
 * for, from the same snapshot.
 */
@NullMarked
package io.mqexporter.rabbitmq.vocabulary;

import org.jspecify.annotations.NullMarked;
