package io.unmask.backend.tensorflow;

import io.unmask.Detector;
import io.unmask.DetectorBuilder;
import io.unmask.error.DetectorException;
import java.nio.file.Path;

/**
 * The program that {@link ClassPathIT} runs with several class paths: it classifies an image and
 * prints the backend, the preprocessor and the label, or else the exception.
 *
 * <p>Arguments: model, image, and optionally the names of a backend and a preprocessor.
 */
final class OpenDetector {

  private OpenDetector() {}

  public static void main(String[] args) {
    DetectorBuilder builder = Detector.builder().model(Path.of(args[0]));
    if (args.length > 2) {
      builder.backend(args[2]);
    }
    if (args.length > 3) {
      builder.preprocessor(args[3]);
    }
    try (Detector detector = builder.open()) {
      System.out.printf(
          "%s %s %s%n",
          detector.info().program().backend(),
          detector.info().preprocessor(),
          detector.classify(Path.of(args[1])).label());
    } catch (DetectorException e) {
      System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
