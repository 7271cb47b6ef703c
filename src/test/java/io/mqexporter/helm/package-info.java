/** The Helm chart, rendered by Helm itself and read by typed models. */
@NullMarked
package io.mqexporter.helm;

import org.jspecify.annotations.NullMarked;
