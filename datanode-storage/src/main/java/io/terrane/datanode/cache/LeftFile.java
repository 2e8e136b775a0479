package io.terrane.datanode.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of the cache's folder, as found; its name says which part of which object it holds. */
record LeftFile(Path path, long size, FileTime written) {
  /** An object's path with {@code ~} for slashes, where the part begins, and its length. */
  private static final Pattern NAME = Pattern.compile("[^/@]+@\\d+\\+(\\d{1,9})");

  private static final Pattern OURS = Pattern.compile("[^/@]+@\\d+\\+\\d+(-\\d+\\.tmp)?");

  static String name(FileRange range) {
    return range.file().path().replace('/', '~') + "@" + range.offset() + "+" + range.length();
  }

  /** What the cache has written into {@code folder}, the oldest first. */
  static List<LeftFile> in(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> listed = Files.list(folder)) {
      paths = listed.filter(path -> OURS.matcher(path.getFileName().toString()).matches()).toList();
    }
    List<LeftFile> files = new ArrayList<>();
    for (Path path : paths) {
      try {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
        if (found.isRegularFile()) {
          files.add(new LeftFile(path, found.size(), found.lastModifiedTime()));
        }
      } catch (NoSuchFileException deletedMeanwhile) {
        continue;
      }
    }
    files.sort(Comparator.comparing(LeftFile::written).thenComparing(LeftFile::path));
    return files;
  }

  String name() {
    return path.getFileName().toString();
  }

  /** Whether it has the length that its name says; an unfinished one has no such name. */
  boolean isWhole() {
    Matcher name = NAME.matcher(name());
    return name.matches() && Long.parseLong(name.group(1)) == size;
  }
}
