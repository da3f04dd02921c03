package io.unmask.spring;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.DetectorInfo;
import io.unmask.EncodedImage;
import io.unmask.ExplainedPhoto;
import java.awt.image.BufferedImage;

/** A detector whose engine is broken. */
class StubDetector implements Detector {

  @Override
  public Classification classify(EncodedImage image) {
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
  public ExplainedPhoto explain(EncodedImage image) {
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
