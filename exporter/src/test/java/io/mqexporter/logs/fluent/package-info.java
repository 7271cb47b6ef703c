@NullMarked
package io.mqexporter.logs.fluent;

import org.jspecify.annotations.NullMarked;
