package io.unmask.training.data;

import io.unmask.error.ImageException;
import io.unmask.files.FileFault;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Preprocessor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images of a data set, and what was left out of it. Immutable.
 *
 * @param images real ones first, each class in the order of its paths, whatever the file system
 * @param leftOut files that are no images after all
 */
public record FaceSet(List<FaceImage> images, List<LeftOut> leftOut) {

  private static final InputFormat SMALL = InputFormat.unitRange(8, 8);

  /** Copies the lists. */
  public FaceSet {
    images = List.copyOf(images);
    leftOut = List.copyOf(leftOut);
  }

  /** How many images there are. */
  public int size() {
    return images.size();
  }

  /** For each image, whether it is fake. */
  public boolean[] fakes() {
    boolean[] fakes = new boolean[size()];
    for (int i = 0; i < fakes.length; i++) {
      fakes[i] = images.get(i).fake();
    }
    return fakes;
  }

  /** How many images are fake. */
  public int fakeCount() {
    return (int) images.stream().filter(FaceImage::fake).count();
  }

  /** How many images are real. */
  public int realCount() {
    return size() - fakeCount();
  }

  /** How many photographs come with what was made of them. */
  public int remadeCount() {
    return (int) images.stream().filter(image -> image.remade().isPresent()).count();
  }

  /**
   * This set without those files.
   *
   * @throws IllegalArgumentException if a class has no image left
   */
  public FaceSet without(List<LeftOut> more) {
    Set<Path> files = new HashSet<>();
    more.forEach(out -> files.add(out.file()));
    List<FaceImage> left = images.stream().filter(image -> !files.contains(image.file())).toList();
    return new FaceSet(left, Stream.concat(leftOut.stream(), more.stream()).toList())
        .requireBothClasses();
  }

  /**
   * This set without the files that cannot be decoded, all of which it tries.
   *
   * @param afterEach called after each image, on any thread
   * @throws IllegalArgumentException if a class has no image left
   */
  public FaceSet decodable(Runnable afterEach) {
    JavaPreprocessor preprocessor = new JavaPreprocessor();
    List<LeftOut> undecodable = new ArrayList<>();
    images.parallelStream()
        .map(
            image -> {
              Optional<LeftOut> problem = problem(preprocessor, image.file());
              afterEach.run();
              return problem;
            })
        .toList()
        .forEach(problem -> problem.ifPresent(undecodable::add));
    return without(undecodable);
  }

  /**
   * This set, if it has images of both classes.
   *
   * @throws IllegalArgumentException if it has not
   */
  FaceSet requireBothClasses() {
    if (fakeCount() == 0 || realCount() == 0) {
      String lost =
          leftOut.isEmpty()
              ? ""
              : "; %d files were left out, the first is %s: %s"
                  .formatted(leftOut.size(), leftOut.get(0).file(), leftOut.get(0).reason());
      throw new IllegalArgumentException(
          "needs images of both classes, but there are %d real and %d fake%s"
              .formatted(realCount(), fakeCount(), lost));
    }
    return this;
  }

  private static Optional<LeftOut> problem(Preprocessor preprocessor, Path file) {
    try {
      FloatBuffer pixels = FloatBuffer.allocate(SMALL.size());
      preprocessor.process(Files.readAllBytes(file), file.toString(), SMALL, pixels);
      return Optional.empty();
    } catch (ImageException e) {
      return Optional.of(LeftOut.because(file, e));
    } catch (IOException | OutOfMemoryError e) {
      return Optional.of(new LeftOut(file, "cannot be read: " + FileFault.reason(e)));
    }
  }
}
