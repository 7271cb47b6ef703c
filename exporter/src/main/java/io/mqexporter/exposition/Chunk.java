package io.mqexporter.exposition;

/**
 * A piece of the exposition, plain and compressed. The compressed form is a run of whole deflate
 * blocks that refers to nothing before it and does not end the stream, so chunks put together make
 * one gzip stream (RFC 1951, section 3.2.3): a page is composed without compressing anything again.
 *
 * @param plain the bytes
 * @param deflated the same bytes, compressed
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Compared by nobody; shared with the network as they are.
record Chunk(byte[] plain, byte[] deflated) {}
