package io.terrane.infoschema;

import java.util.Objects;

/**
 * What this process was built from.
 *
 * @param commit full hash; the short one is its first eight digits
 * @param clean whether the tree had no changes beyond the commit
 */
public record BuildInfo(String branch, String commit, boolean clean, String version) {

  public BuildInfo {
    Objects.requireNonNull(branch, "branch");
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(version, "version");
  }

  /**
   * Where the build tells no more than these two.
   *
   * @param commit ends in {@code -dirty} if there were changes beyond it, as git describes it
   */
  public static BuildInfo of(String version, String commit) {
    return new BuildInfo("unknown", commit, !commit.endsWith("-dirty"), version);
  }

  public String shortCommit() {
    return commit.substring(0, Math.min(8, commit.length()));
  }
}
