package io.unmask.training.data;

import java.io.IOException;
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

/**
 * A data set as two folders side by side, {@code real} and {@code fake}, each with images in it or
 * in folders below. Immutable.
 *
 * <p>A folder directly in one of the two is a source: {@code real/ffhq/1.jpg} is of the source
 * {@code ffhq}, and so is {@code real/ffhq/a/2.jpg}. Images that are in no such folder are of a
 * source that is called as the class's folder is, {@code real} or {@code fake}.
 *
 * <p>Files count as images by their extension, in any case; what is in them is looked at by {@link
 * FaceSet#decodable}. Links are followed, loops of them are not.
 *
 * @param root the folder that holds both
 * @param realName the name of the folder of real images
 * @param fakeName the name of the folder of fake images
 */
public record FaceFolders(Path root, String realName, String fakeName) {

  private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "webp");

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if they are equal
   */
  public FaceFolders {
    if (realName.equals(fakeName)) {
      throw new IllegalArgumentException("both classes are in the folder '" + realName + "'");
    }
  }

  /** The folders {@code real} and {@code fake} in a folder, as the reference names them. */
  public static FaceFolders in(Path root) {
    return new FaceFolders(root, "real", "fake");
  }

  /** The same folder with other names. */
  public FaceFolders named(String real, String fake) {
    return new FaceFolders(root, real, fake);
  }

  /**
   * Lists the images, without looking into them.
   *
   * @throws IllegalArgumentException if a folder is missing or has no image
   */
  public FaceSet list() {
    Path real = folder(realName);
    Path fake = folder(fakeName);
    Visitor visitor = new Visitor();
    List<FaceImage> images = new ArrayList<>();
    visitor
        .visit(real)
        .forEach(file -> images.add(new FaceImage(file, false, source(real, file, realName))));
    visitor
        .visit(fake)
        .forEach(file -> images.add(new FaceImage(file, true, source(fake, file, fakeName))));
    FaceSet set = new FaceSet(images, visitor.leftOut);
    if (set.realCount() == 0 || set.fakeCount() == 0) {
      Path empty = set.realCount() == 0 ? real : fake;
      throw new IllegalArgumentException(
          empty + ": the folder holds no image file (jpg, jpeg, png, bmp, gif, webp)");
    }
    return set;
  }

  private static String source(Path folder, Path file, String none) {
    Path below = folder.relativize(file);
    return below.getNameCount() > 1 ? below.getName(0).toString() : none;
  }

  private Path folder(String name) {
    Path folder = root.resolve(name);
    if (!Files.isDirectory(folder)) {
      String problem = Files.exists(folder) ? "is not a folder" : "there is no such folder";
      throw new IllegalArgumentException(
          "%s: %s; a data set is a folder with '%s' and '%s' in it"
              .formatted(folder, problem, realName, fakeName));
    }
    return folder;
  }

  /** Collects the images below a folder. */
  private static final class Visitor extends SimpleFileVisitor<Path> {

    final List<LeftOut> leftOut = new ArrayList<>();
    private final List<Path> found = new ArrayList<>();

    /** The images in one folder and below, sorted. */
    List<Path> visit(Path folder) {
      found.clear();
      try {
        Files.walkFileTree(
            folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
      } catch (IOException e) {
        leftOut.add(new LeftOut(folder, "cannot be looked into: " + e));
      }
      // As text with slashes, so that the order, and with it the folds, is the same everywhere.
      found.sort(
          Comparator.comparing(file -> folder.relativize(file).toString().replace('\\', '/')));
      return List.copyOf(found);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      int dot = name.lastIndexOf('.');
      if (!attributes.isDirectory() && dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1))) {
        if (attributes.isRegularFile()) {
          found.add(file);
        } else { // opening a pipe waits for somebody to write to it
          leftOut.add(new LeftOut(file, "not a regular file"));
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
      if (!(e instanceof FileSystemLoopException)) {
        leftOut.add(new LeftOut(path, "cannot be looked into: " + e));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      if (e != null) {
        leftOut.add(new LeftOut(folder, "cannot be looked into: " + e));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
