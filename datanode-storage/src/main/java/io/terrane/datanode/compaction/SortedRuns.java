package io.terrane.datanode.compaction;

import io.terrane.api.table.Datum;
import io.terrane.api.table.Datums;
import io.terrane.datanode.sst.SstMeta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Files seen as sorted runs: files that follow each other in key order are read as one, so what a
 * scan has to merge is runs. A run has one small file at most, its last and what a merge ended
 * with, or small files would never be merged where keys only grow.
 */
final class SortedRuns {
  private static final Comparator<List<Datum>> KEYS = SortedRuns::compareKeys;

  private SortedRuns() {}

  /**
   * @param fullBytes only files of at least this size are followed by another in a run
   * @param equalKeys whether a file may begin with the key that ends the one before
   * @return the youngest run first, by last sequence
   */
  static List<List<SstMeta>> of(List<SstMeta> files, long fullBytes, boolean equalKeys) {
    List<List<SstMeta>> runs = new ArrayList<>();
    files.stream()
        .sorted(Comparator.comparing(SstMeta::firstKey, KEYS))
        .forEach(file -> place(file, runs, fullBytes, equalKeys ? 0 : -1));
    runs.sort(Comparator.comparingLong(SortedRuns::lastSequence).reversed());
    return runs;
  }

  private static void place(SstMeta file, List<List<SstMeta>> runs, long fullBytes, int orderMax) {
    boolean follows = file.level() > 0 || file.size() >= fullBytes;
    for (List<SstMeta> run : follows ? runs : List.<List<SstMeta>>of()) {
      SstMeta last = run.get(run.size() - 1);
      if (last.size() >= fullBytes
          && Integer.signum(compareKeys(last.lastKey(), file.firstKey())) <= orderMax) {
        run.add(file);
        return;
      }
    }
    runs.add(new ArrayList<>(List.of(file)));
  }

  static long bytes(List<SstMeta> run) {
    return run.stream().mapToLong(SstMeta::size).sum();
  }

  private static long lastSequence(List<SstMeta> run) {
    return run.stream().mapToLong(SstMeta::lastSequence).max().orElse(0);
  }

  static int compareKeys(List<Datum> left, List<Datum> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = Datums.compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
