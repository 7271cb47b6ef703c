@NullMarked
package io.mqexporter.otlp;

import org.jspecify.annotations.NullMarked;
