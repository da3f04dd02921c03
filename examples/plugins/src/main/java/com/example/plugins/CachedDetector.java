package com.example.plugins;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.DetectorInfo;
import io.unmask.EncodedImage;
import io.unmask.ExplainedPhoto;
import java.awt.image.BufferedImage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A detector that asks another one, and remembers what it said of the last files. The methods that
 * are not written here come to those that are.
 */
public final class CachedDetector implements Detector {

  private static final int REMEMBERED = 10_000;

  private final Detector detector;
  private final Map<String, Classification> remembered =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Classification> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** Takes over the other detector, and closes it with this one. */
  public CachedDetector(Detector detector) {
    this.detector = detector;
  }

  @Override
  public Classification classify(EncodedImage image) {
    String key = digest(image.bytes());
    @Nullable Classification known = remembered.get(key);
    if (known == null) {
      known = detector.classify(image);
      remembered.put(key, known);
    }
    return known;
  }

  @Override
  public Classification classify(BufferedImage image) {
    return detector.classify(image);
  }

  @Override
  public Classification classify(float[] image) {
    return detector.classify(image);
  }

  @Override
  public ExplainedPhoto explain(EncodedImage image) {
    return detector.explain(image);
  }

  @Override
  public ExplainedPhoto explain(BufferedImage image) {
    return detector.explain(image);
  }

  @Override
  public DetectorInfo info() {
    return detector.info();
  }

  @Override
  public void close() {
    detector.close();
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
