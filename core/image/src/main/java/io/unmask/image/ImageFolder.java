package io.unmask.image;

import io.unmask.files.FileFault;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The image files in a folder and below it. The first bytes of a file decide whether it is an
 * image, not its name. A file of no known kind that has the name of an image is listed too, so that
 * whoever reads it is told that it is damaged. Links are followed, except in a loop. Immutable.
 *
 * @param folder the folder that was searched
 * @param entries the files that were found, sorted by path as text with slashes, so that the order
 *     is the same on every system
 * @param leftOut the number of other files, by their kind
 */
public record ImageFolder(Path folder, List<Entry> entries, Map<String, Integer> leftOut) {

  private static final Set<String> EXTENSIONS =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "dib", "gif", "webp", "heic", "heif", "hif",
          "avif");

  /** The kind of files of no known kind that do not have the name of an image. */
  public static final String NO_IMAGE = "no image";

  /** The kind of links that lead back to a folder that contains them. */
  public static final String LOOP = "a link back to a folder around it";

  /**
   * A file that should be read as an image, or a path that cannot be read.
   *
   * @param path the path
   * @param problem why it cannot be read, in words that complete "path: "
   */
  public record Entry(Path path, Optional<String> problem) {}

  /** Copies the list and the map. */
  public ImageFolder {
    entries = List.copyOf(entries);
    leftOut = Map.copyOf(leftOut);
  }

  /** Searches a folder. */
  public static ImageFolder of(Path folder) {
    return of(folder, beginning -> false);
  }

  /**
   * Searches a folder also for files that are not decoded.
   *
   * @param wanted told the first {@link FileKind#BYTES} bytes of a file, or all if it has fewer,
   *     says whether it should be listed whatever its kind
   */
  public static ImageFolder of(Path folder, Predicate<byte[]> wanted) {
    Visitor visitor = new Visitor(wanted);
    try {
      Files.walkFileTree(
          folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
    } catch (IOException e) {
      visitor.fail(folder, e);
    }
    String separator = folder.getFileSystem().getSeparator();
    visitor.found.sort(
        Comparator.comparing(
            entry -> folder.relativize(entry.path()).toString().replace(separator, "/")));
    return new ImageFolder(folder, visitor.found, visitor.leftOut);
  }

  /** The files that were left out, such as {@code 3 files left out: 2 a HEIC photo, 1 no image}. */
  public Optional<String> describeLeftOut() {
    if (leftOut.isEmpty()) {
      return Optional.empty();
    }
    int files = leftOut.values().stream().mapToInt(Integer::intValue).sum();
    String kinds =
        new TreeMap<>(leftOut)
            .entrySet().stream()
                .map(kind -> kind.getValue() + " x " + kind.getKey())
                .collect(Collectors.joining(", "));
    return Optional.of("%d %s left out: %s".formatted(files, files == 1 ? "file" : "files", kinds));
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {

    final List<Entry> found = new ArrayList<>();
    final Map<String, Integer> leftOut = new TreeMap<>();
    private final FurtherFormats further = FurtherFormats.ofClassPath();
    private final Predicate<byte[]> wanted;

    Visitor(Predicate<byte[]> wanted) {
      this.wanted = wanted;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isDirectory()) {
        return FileVisitResult.CONTINUE; // a link to a folder that was seen
      }
      if (!attributes.isRegularFile()) { // opening a pipe waits for somebody to write to it
        if (isNamedLikeAnImage(file)) {
          found.add(new Entry(file, Optional.of("not a regular file, expected an image file")));
        }
        return FileVisitResult.CONTINUE;
      }
      try {
        byte[] beginning = beginning(file);
        if (wanted.test(beginning)) {
          found.add(new Entry(file, Optional.empty()));
        } else {
          add(file, FileKind.of(beginning, further));
        }
      } catch (IOException e) {
        if (isNamedLikeAnImage(file)) {
          fail(file, e);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    private void add(Path file, Optional<FileKind> kind) {
      if (kind.map(FileKind::readable).orElse(isNamedLikeAnImage(file))) {
        found.add(new Entry(file, Optional.empty()));
      } else {
        leftOut.merge(kind.map(FileKind::title).orElse(NO_IMAGE), 1, Integer::sum);
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
      if (e instanceof FileSystemLoopException) {
        leftOut.merge(LOOP, 1, Integer::sum);
      } else {
        fail(path, e);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      if (e != null) {
        fail(folder, e);
      }
      return FileVisitResult.CONTINUE;
    }

    void fail(Path path, IOException e) {
      String problem =
          e instanceof AccessDeniedException
              ? "permission to look into it is denied"
              : "cannot be looked into: " + FileFault.reason(e);
      found.add(new Entry(path, Optional.of(problem)));
    }

    private static byte[] beginning(Path file) throws IOException {
      try (InputStream stream = Files.newInputStream(file)) {
        return stream.readNBytes(FileKind.BYTES);
      }
    }

    private static boolean isNamedLikeAnImage(Path file) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1)) && name.contains(".");
    }
  }
}
