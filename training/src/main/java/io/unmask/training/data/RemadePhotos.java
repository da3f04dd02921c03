package io.unmask.training.data;

import io.unmask.image.ImageFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Photographs as generators would have made them: the same pictures, put through an up-sampler or a
 * decoder. A network that learns to tell a photograph from its remade twin learns the traces of the
 * making, since nothing else differs.
 *
 * <p>They stand in a folder as the photographs do in theirs: {@code REMADE/ffhq/1.png} is what was
 * made of {@code real/ffhq/1.jpg}. The endings may differ.
 */
public final class RemadePhotos {

  private RemadePhotos() {}

  /**
   * A data set whose photographs know what was made of them.
   *
   * @param faces the data set
   * @param photographs the folder of its photographs
   * @param remade the folder of what was made of them; those that were not remade have no file
   * @throws IllegalArgumentException if there is no such folder, or nothing in it belongs to a
   *     photograph, or two files to the same one
   */
  public static FaceSet add(FaceSet faces, Path photographs, Path remade) {
    if (!Files.isDirectory(remade)) {
      throw new IllegalArgumentException(
          remade + ": there is no such folder; it holds what was made of the photographs");
    }
    Map<String, Path> files = new HashMap<>();
    for (ImageFolder.Entry entry : ImageFolder.of(remade).entries()) {
      if (entry.problem().isPresent()) {
        continue;
      }
      Path earlier = files.put(name(remade, entry.path()), entry.path());
      if (earlier != null) {
        throw new IllegalArgumentException(
            "%s and %s belong to the same photograph; keep one of them"
                .formatted(earlier, entry.path()));
      }
    }
    List<FaceImage> images = new ArrayList<>();
    int found = 0;
    for (FaceImage image : faces.images()) {
      Optional<Path> twin =
          image.fake()
              ? Optional.empty()
              : Optional.ofNullable(files.get(name(photographs, image.file())));
      images.add(twin.map(image::withRemade).orElse(image));
      found += twin.isPresent() ? 1 : 0;
    }
    if (found == 0) {
      throw new IllegalArgumentException(
          "%s: no file in it belongs to a photograph in %s; what was made of %s is called %s.png"
              .formatted(
                  remade,
                  photographs,
                  faces.images().get(0).file(),
                  remade.resolve(name(photographs, faces.images().get(0).file()))));
    }
    return new FaceSet(images, faces.leftOut());
  }

  /** The path below a folder without the ending. */
  private static String name(Path folder, Path file) {
    String separator = folder.getFileSystem().getSeparator();
    String path = folder.relativize(file).toString().replace(separator, "/");
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
  }
}
