package io.terrane.datanode.gc;

/**
 * What a sweep did.
 *
 * @param files deleted
 * @param bytes of these
 * @param waiting orphans that a later sweep may delete
 */
public record Swept(int files, long bytes, int waiting) {
  public static final Swept NOTHING = new Swept(0, 0, 0);
}
