package io.terrane.infoschema;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionFile;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.service.Datanodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the leaders of regions tell of their files, a bounded number asked at a time, each with a
 * time limit. Fails when one cannot be asked. Blocks; for query threads.
 */
public final class FileReports {
  private static final int ASKED_AT_ONCE = 64;

  private final Datanodes datanodes;
  private final Duration timeout;

  public FileReports(Datanodes datanodes, Duration timeout) {
    this.datanodes = Objects.requireNonNull(datanodes, "datanodes");
    this.timeout = Objects.requireNonNull(timeout, "timeout");
  }

  /**
   * @param stored what lies in the bucket; else what the manifests name
   */
  public Map<RegionRoute, List<RegionFile>> files(List<RegionRoute> routes, boolean stored) {
    Map<RegionRoute, List<RegionFile>> files = new LinkedHashMap<>();
    for (int from = 0; from < routes.size(); from += ASKED_AT_ONCE) {
      List<RegionRoute> some = routes.subList(from, Math.min(routes.size(), from + ASKED_AT_ONCE));
      List<CompletableFuture<InstructionReply>> answers = new ArrayList<>();
      for (RegionRoute route : some) {
        answers.add(
            datanodes
                .at(route.leader())
                .instruct(new RegionInstruction.ListFiles(route.region(), stored)));
      }
      for (int i = 0; i < some.size(); i++) {
        files.put(some.get(i), await(some.get(i), answers.get(i)));
      }
    }
    return files;
  }

  private List<RegionFile> await(RegionRoute route, CompletableFuture<InstructionReply> answer) {
    try {
      InstructionReply reply = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return ((InstructionReply.Files) reply).files();
    } catch (ExecutionException failed) {
      throw TerraneException.of(failed);
    } catch (TimeoutException late) {
      throw new TerraneException(
          ErrorCode.TIMED_OUT,
          "list the files of region %s: datanode %s does not answer within %d ms"
              .formatted(route.region(), route.leader(), timeout.toMillis()),
          late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TerraneException(
          ErrorCode.QUERY_INTERRUPTED, "Query execution was interrupted", interrupted);
    }
  }
}
