package io.unmask.training.run;

import io.unmask.error.ImageException;
import io.unmask.files.FileFault;
import io.unmask.image.FaceSquare;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.Face;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import io.unmask.training.data.FaceImage;
import io.unmask.training.data.FaceSet;
import io.unmask.training.data.LeftOut;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;

/**
 * Makes a data set of faces of one of whole photos, cut out as a detector does it, so that what is
 * trained is what is run. Of a photo with several faces the largest is taken, for the photo's label
 * is about that. Faces are kept as PNG files; what is there already is not made again.
 *
 * @param search finds the faces
 * @param margin of a face, as in {@link io.unmask.spi.Views#margin}
 * @param side of the images that the network reads, in pixels
 * @param folder where the faces are kept
 */
public record FaceCrops(FaceFinder.Search search, double margin, int side, Path folder) {

  /**
   * Cuts the faces out.
   *
   * @param afterEach called after each photo, on any thread
   * @throws IllegalArgumentException if a class has no face
   * @throws UncheckedIOException if a face cannot be written
   */
  public FaceSet of(FaceSet photos, Runnable afterEach) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw RunFolder.unwritable(folder, e);
    }
    List<Cut> cuts =
        photos.images().parallelStream()
            .map(
                photo -> {
                  Cut cut = cut(photo);
                  afterEach.run();
                  return cut;
                })
            .toList();
    List<FaceImage> faces = new ArrayList<>();
    List<LeftOut> without = new ArrayList<>(photos.leftOut());
    for (Cut cut : cuts) {
      cut.face().ifPresent(faces::add);
      cut.problem().ifPresent(without::add);
    }
    return new FaceSet(faces, without).without(List.of());
  }

  /** What became of a photo: one of the two. */
  private record Cut(Optional<FaceImage> face, Optional<LeftOut> problem) {}

  private Cut cut(FaceImage image) {
    Path target = folder.resolve(name(image));
    try {
      if (!Files.exists(target)) {
        Photo photo =
            new JavaPreprocessor()
                .decode(Files.readAllBytes(image.file()), image.file().toString(), true);
        Optional<Face> largest =
            search.find(photo).stream().max(Comparator.comparingDouble(face -> face.box().side()));
        if (largest.isEmpty()) {
          return leftOut(new LeftOut(image.file(), "no face was found in it"));
        }
        write(photo, FaceSquare.around(photo.size(), largest.get().box(), margin), target);
      }
      return new Cut(
          Optional.of(new FaceImage(target, image.fake(), image.source())), Optional.empty());
    } catch (ImageException e) {
      return leftOut(LeftOut.because(image.file(), e));
    } catch (IOException e) {
      return leftOut(new LeftOut(image.file(), "cannot be read: " + FileFault.reason(e)));
    }
  }

  private static Cut leftOut(LeftOut problem) {
    return new Cut(Optional.empty(), Optional.of(problem));
  }

  /** Another one for other photos, and for the same photo cut otherwise. */
  private String name(FaceImage image) {
    String what = image.file().toAbsolutePath().normalize() + " " + margin + " " + side;
    UUID unique = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
    return image.file().getFileName() + "-" + unique + ".png";
  }

  private void write(Photo photo, Region square, Path target) {
    InputFormat bytes = new InputFormat(side, side, 1f, 0f, ChannelOrder.RGB);
    float[] levels = new float[bytes.size()];
    new JavaPreprocessor().shrink(photo, square, bytes, FloatBuffer.wrap(levels));
    BufferedImage face = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      face.setRGB(
          i % side,
          i / side,
          level(levels[3 * i]) << 16 | level(levels[3 * i + 1]) << 8 | level(levels[3 * i + 2]));
    }
    RunFolder.write(target, stream -> ImageIO.write(face, "png", stream));
  }

  private static int level(float value) {
    return Math.max(0, Math.min(255, Math.round(value)));
  }
}
