/** What the brokers' lines mean: which starts an event, and what its parts are. Pure functions. */
@NullMarked
package io.mqexporter.logs.parse;

import org.jspecify.annotations.NullMarked;
