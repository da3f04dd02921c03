package io.unmask.backend.tensorflow;

import io.unmask.Detector;
import io.unmask.DetectorBuilder;
import io.unmask.Outcome;
import io.unmask.error.DetectorException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * The program that {@link ClassPathIT} runs with several class paths: it classifies an image and
 * prints the backend, the preprocessor and the label, or else the exception.
 *
 * <p>Arguments: model, image, and optionally the names of a backend and a preprocessor. With a
 * fifth argument, the image is one of many, between two that need no file, and what comes of each
 * is printed.
 */
final class OpenDetector {

  private OpenDetector() {}

  public static void main(String[] args) throws IOException {
    DetectorBuilder builder = Detector.builder().model(Path.of(args[0]));
    if (args.length > 2) {
      builder.backend(args[2]);
    }
    if (args.length > 3) {
      builder.preprocessor(args[3]);
    }
    try (Detector detector = builder.open()) {
      if (args.length > 4) {
        many(detector, Path.of(args[1]));
        return;
      }
      System.out.printf(
          "%s %s %s%n",
          detector.info().program().backend(),
          detector.info().preprocessor(),
          detector.classify(Path.of(args[1])).label());
    } catch (DetectorException e) {
      System.out.println(describe(e));
    }
  }

  private static void many(Detector detector, Path image) throws IOException {
    Path small = Files.createTempFile("unmask", ".png");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", small.toFile());
    detector
        .classifyAll(Stream.of(small, image, small))
        .map(OpenDetector::describe)
        .forEach(System.out::println);
    Files.delete(small);
  }

  private static String describe(Outcome<Path> outcome) {
    return outcome instanceof Outcome.Failed<Path> failed
        ? describe(failed.error())
        : outcome.classification().orElseThrow().label().toString();
  }

  private static String describe(DetectorException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
