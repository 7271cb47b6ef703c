package io.mqexporter.exposition;

/**
 * A piece of the exposition, compressed: a run of whole deflate blocks that refers to nothing
 * before it and does not end the stream, so chunks put together make one gzip stream (RFC 1951,
 * section 3.2.3). A page is composed without compressing anything again.
 *
 * @param deflated the compressed bytes
 * @param length the number of bytes that they stand for
 * @param crc the CRC-32 of those
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Compared by nobody; shared with the network as they are.
record Chunk(byte[] deflated, long length, long crc) {}
