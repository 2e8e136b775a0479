package io.terrane.datanode.wal;

/**
 * A place in the WAL topic and what a reader of the region must know to go on from there.
 *
 * @param position of the first record not yet read
 * @param epoch of the last fence before it, 0 if there is none
 * @param sequence of the region's last row before it, 0 if there is none
 */
public record WalPoint(long position, long epoch, long sequence) {
  public WalPoint {
    if (position < 0 || epoch < 0 || sequence < 0) {
      throw new IllegalArgumentException(
          "invalid WAL point " + position + ", " + epoch + ", " + sequence);
    }
  }
}
