@NullMarked
package io.mqexporter.collection;

import org.jspecify.annotations.NullMarked;
