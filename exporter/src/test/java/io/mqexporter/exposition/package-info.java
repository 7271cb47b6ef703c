@NullMarked
package io.mqexporter.exposition;

import org.jspecify.annotations.NullMarked;
