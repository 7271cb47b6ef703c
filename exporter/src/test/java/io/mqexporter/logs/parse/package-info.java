/** Lines as brokers write them. */
@NullMarked
package io.mqexporter.logs.parse;

import org.jspecify.annotations.NullMarked;
