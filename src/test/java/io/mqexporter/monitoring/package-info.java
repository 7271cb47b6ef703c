/** Real Prometheus and Alertmanager with the rules that are shipped, for tests and demo. */
@NullMarked
package io.mqexporter.monitoring;

import org.jspecify.annotations.NullMarked;
