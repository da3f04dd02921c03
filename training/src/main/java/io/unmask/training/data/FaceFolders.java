package io.unmask.training.data;

import io.unmask.image.ImageFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set as two folders side by side, {@code real} and {@code fake}, each with images in it or
 * in folders below. Immutable.
 *
 * <p>A folder directly in one of the two is a source: {@code real/ffhq/1.jpg} is of the source
 * {@code ffhq}, and so is {@code real/ffhq/a/2.jpg}. Images that are in no such folder are of a
 * source that is called as the class's folder is, {@code real} or {@code fake}.
 *
 * <p>What is an image is told by the first bytes of a file ({@link ImageFolder}); whether it can be
 * decoded, by {@link FaceSet#decodable}. Links are followed, loops of them are not.
 *
 * @param root the folder that holds both
 * @param realName the name of the folder of real images
 * @param fakeName the name of the folder of fake images
 */
public record FaceFolders(Path root, String realName, String fakeName) {

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

  /** The folder of photographs. */
  public Path real() {
    return root.resolve(realName);
  }

  /**
   * Lists the images, without looking into them.
   *
   * @throws IllegalArgumentException if a folder is missing or has no image
   */
  public FaceSet list() {
    Path real = folder(realName);
    Path fake = folder(fakeName);
    List<FaceImage> images = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    add(real, false, realName, images, leftOut);
    add(fake, true, fakeName, images, leftOut);
    FaceSet set = new FaceSet(images, leftOut);
    if (set.realCount() == 0 || set.fakeCount() == 0) {
      Path empty = set.realCount() == 0 ? real : fake;
      throw new IllegalArgumentException(
          empty + ": the folder holds no image (JPEG, PNG, GIF, BMP or WebP)");
    }
    return set;
  }

  private static void add(
      Path folder, boolean fake, String name, List<FaceImage> images, List<LeftOut> leftOut) {
    ImageFolder found = ImageFolder.of(folder);
    for (ImageFolder.Entry entry : found.entries()) {
      if (entry.problem().isPresent()) {
        leftOut.add(new LeftOut(entry.path(), entry.problem().get()));
      } else {
        images.add(new FaceImage(entry.path(), fake, source(folder, entry.path(), name)));
      }
    }
    // Notes and lists beside the images are nobody's loss.
    Map<String, Integer> pictures = new HashMap<>(found.leftOut());
    pictures.remove(ImageFolder.NO_IMAGE);
    pictures.remove(ImageFolder.LOOP); // what is behind it was seen
    new ImageFolder(folder, List.of(), pictures)
        .describeLeftOut()
        .ifPresent(words -> leftOut.add(new LeftOut(folder, words)));
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
          "%s: %s; a data set is a folder with '%s' and '%s' in it, or with those that --real and --fake name"
              .formatted(folder, problem, realName, fakeName));
    }
    return folder;
  }
}
