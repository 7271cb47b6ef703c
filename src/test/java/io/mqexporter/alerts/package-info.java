/** The alert rules as data, and what is wrong with them. */
@NullMarked
package io.mqexporter.alerts;

import org.jspecify.annotations.NullMarked;
