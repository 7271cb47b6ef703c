/**
 * The configuration: one YAML file, read with all that is wrong in it at once. Nothing else reads
 * files or the environment.
 */
@NullMarked
package io.mqexporter.config;

import org.jspecify.annotations.NullMarked;
