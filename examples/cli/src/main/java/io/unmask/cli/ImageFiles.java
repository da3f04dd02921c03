package io.unmask.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the paths on the command line to the files to classify. */
final class ImageFiles extends SimpleFileVisitor<Path> {

  private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "webp");

  /**
   * A file to classify, or something that cannot be looked into.
   *
   * @param path the path
   * @param problem why there is nothing to classify, or null for a file
   */
  record Input(Path path, @Nullable String problem) {}

  private final List<Input> found = new ArrayList<>();

  private ImageFiles() {}

  /**
   * Files as they are given, whatever their names, and in place of a folder the image files in it
   * and below, sorted. Links are followed, loops of them are not.
   */
  static List<Input> list(List<Path> paths) {
    List<Input> inputs = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        inputs.addAll(in(path));
      } else {
        inputs.add(new Input(path, null));
      }
    }
    return inputs;
  }

  private static List<Input> in(Path folder) {
    ImageFiles files = new ImageFiles();
    try {
      Files.walkFileTree(
          folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, files);
    } catch (IOException e) {
      files.found.add(new Input(folder, reason(e)));
    }
    if (files.found.isEmpty()) {
      return List.of(
          new Input(folder, "the folder holds no image file (jpg, jpeg, png, bmp, gif, webp)"));
    }
    files.found.sort(Comparator.comparing(Input::path));
    return files.found;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    if (!attributes.isDirectory() && dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1))) {
      found.add(new Input(file, null));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path path, IOException e) {
    if (!(e instanceof FileSystemLoopException)) {
      found.add(new Input(path, reason(e)));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
    if (e != null) {
      found.add(new Input(folder, reason(e)));
    }
    return FileVisitResult.CONTINUE;
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission to look into it is denied"
        : "cannot be looked into: " + e;
  }
}
