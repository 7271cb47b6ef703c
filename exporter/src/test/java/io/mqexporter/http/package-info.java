@NullMarked
package io.mqexporter.http;

import org.jspecify.annotations.NullMarked;
