@NullMarked
package io.mqexporter.delivery;

import org.jspecify.annotations.NullMarked;
