@NullMarked
package io.mqexporter.config;

import org.jspecify.annotations.NullMarked;
