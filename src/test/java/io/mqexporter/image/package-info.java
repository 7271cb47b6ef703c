/** Builds the container images, without a container engine. */
@NullMarked
package io.mqexporter.image;

import org.jspecify.annotations.NullMarked;
