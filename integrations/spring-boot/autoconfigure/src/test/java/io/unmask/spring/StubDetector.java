package io.unmask.spring;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.DetectorInfo;
import io.unmask.ExplainedPhoto;
import io.unmask.Outcome;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A detector whose engine is broken. */
class StubDetector implements Detector {

  @Override
  public Classification classify(Path file) {
    throw failure();
  }

  @Override
  public Classification classify(byte[] encoded) {
    throw failure();
  }

  @Override
  public Classification classify(InputStream stream) {
    throw failure();
  }

  @Override
  public Classification classify(BufferedImage image) {
    throw failure();
  }

  @Override
  public Classification classify(float[] image) {
    throw failure();
  }

  @Override
  public Stream<Outcome> classifyAll(Stream<Path> files) {
    throw failure();
  }

  @Override
  public ExplainedPhoto explain(Path file) {
    throw failure();
  }

  @Override
  public ExplainedPhoto explain(byte[] encoded) {
    throw failure();
  }

  @Override
  public ExplainedPhoto explain(InputStream stream) {
    throw failure();
  }

  @Override
  public ExplainedPhoto explain(BufferedImage image) {
    throw failure();
  }

  @Override
  public DetectorInfo info() {
    throw failure();
  }

  @Override
  public void close() {}

  private static RuntimeException failure() {
    return new IllegalStateException("the engine is broken");
  }
}
