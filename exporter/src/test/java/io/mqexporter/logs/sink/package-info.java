@NullMarked
package io.mqexporter.logs.sink;

import org.jspecify.annotations.NullMarked;
