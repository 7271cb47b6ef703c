/** What the receivers of log events have in common: the names of fields, dead letters. */
@NullMarked
package io.mqexporter.logs.sink;

import org.jspecify.annotations.NullMarked;
