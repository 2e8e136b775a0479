package io.terrane.log;

/**
 * Sizes of the local log, in bytes.
 *
 * @param segmentBytes a segment that is larger gets no more frames
 * @param groupBytes about what is written and forced to the disk at once
 * @param pendingBytes what may wait in one topic to be written; more is refused
 * @param readBytes about what one poll gives
 */
record LocalLimits(int segmentBytes, int groupBytes, int pendingBytes, int readBytes) {
  static final LocalLimits DEFAULT = new LocalLimits(64 << 20, 4 << 20, 64 << 20, 2 << 20);
}
