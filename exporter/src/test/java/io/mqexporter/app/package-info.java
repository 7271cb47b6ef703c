@NullMarked
package io.mqexporter.app;

import org.jspecify.annotations.NullMarked;
