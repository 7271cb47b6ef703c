package io.mqexporter.exposition;

/**
 * One family of one target in its finished form.
 *
 * @param name the metric's name
 * @param header the lines before the samples
 * @param samples the samples' lines, the same in both formats
 */
record RenderedFamily(String name, FamilyHeader header, Chunk samples) {}
