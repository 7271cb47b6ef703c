/** Metrics pushed to a receiver of OpenTelemetry's protocol (OTLP over HTTP, with protobuf). */
@NullMarked
package io.mqexporter.otlp;

import org.jspecify.annotations.NullMarked;
