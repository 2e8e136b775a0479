package io.terrane.query.function;

import io.terrane.query.expr.Column;

/**
 * The states of one aggregate for all groups of an aggregation. Groups are numbered from 0; a row
 * whose group is negative does not count. One thread.
 */
public interface Accumulator {
  /** Makes room for groups 0 to {@code groups - 1}; new ones start empty. */
  void grow(int groups);

  /** Takes rows in. NULL handling is the accumulator's. */
  void add(Column[] arguments, int[] groupOfRow, int rows);

  /**
   * As {@link #add}, of stretches of rows that lie in one group each, where that is of use.
   *
   * @param starts first rows of the stretches, the first of them 0, and behind the last the number
   *     of rows
   * @param groupOfRow as for {@link #add}, the same for all rows of a stretch, none negative
   */
  default void addRuns(Column[] arguments, int[] starts, int runs, int[] groupOfRow) {
    add(arguments, groupOfRow, starts[runs]);
  }

  /** Takes in states that {@link #state} wrote elsewhere; only for splittable functions. */
  void merge(Column[] states, int[] groupOfRow, int rows);

  /** Writes a group's state, one value per state column. */
  void state(int group, Column[] out, int row);

  /** Writes a group's final value. */
  void result(int group, Column out, int row);

  /** About how many bytes of heap the states take, for the statement's memory account. */
  long heapBytes();
}
