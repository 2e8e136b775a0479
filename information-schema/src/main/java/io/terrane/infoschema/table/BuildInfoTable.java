package io.terrane.infoschema.table;

import io.terrane.infoschema.BuildInfo;
import io.terrane.infoschema.SystemTable;
import java.util.List;

/** {@code build_info}: one row, the frontend that answers. */
public final class BuildInfoTable {

  private BuildInfoTable() {}

  public static SystemTable<?> create(BuildInfo build) {
    return SystemTable.<BuildInfo>named(8, "build_info")
        .text("git_branch", BuildInfo::branch)
        .text("git_commit", BuildInfo::commit)
        .text("git_commit_short", BuildInfo::shortCommit)
        .text("git_clean", info -> Boolean.toString(info.clean()))
        .text("pkg_version", BuildInfo::version)
        .rows(context -> List.of(build));
  }
}
