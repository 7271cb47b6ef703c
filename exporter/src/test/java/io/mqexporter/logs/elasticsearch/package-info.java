@NullMarked
package io.mqexporter.logs.elasticsearch;

import org.jspecify.annotations.NullMarked;
