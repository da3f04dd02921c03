package io.unmask.spark;

import io.unmask.Detector;
import io.unmask.DetectorBuilder;
import io.unmask.Faces;
import io.unmask.spi.Device;
import io.unmask.spi.Precision;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of the detector, and the names of the columns. Immutable. Only these settings travel
 * to the executors; each executor opens a detector of its own. The defaults are those of {@link
 * DetectorBuilder}, except for the threads: by default there are as many as a task has processors
 * ({@code spark.task.cpus}).
 */
public final class UnmaskSettings implements Serializable {

  private static final long serialVersionUID = 1;

  /** The prefix of settings in Spark's configuration. */
  static final String PREFIX = "spark.unmask.";

  /** The bundled model, and the columns of Spark's {@code binaryFile}. */
  public static final UnmaskSettings DEFAULT = builder().build();

  private final EnumMap<Setting, String> detector;
  private final String content;
  private final String path;
  private final String verdict;
  private final int ahead;

  private UnmaskSettings(Builder from) {
    detector = new EnumMap<>(from.detector);
    content = from.content;
    path = from.path;
    verdict = from.verdict;
    ahead = from.ahead;
  }

  /** Returns a builder with the default settings. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the settings for values as texts, such as {@code threshold=0.5}. Their names are those
   * of {@code spark.unmask.*}, see docs/spark.md.
   *
   * @throws IllegalArgumentException if a setting is unknown, out of its range, or contradicts
   *     another one
   */
  public static UnmaskSettings of(Map<String, String> settings) {
    Builder builder = builder();
    settings.forEach((key, value) -> builder.set(Setting.of(key), value));
    return builder.build();
  }

  /** The column with the photos' bytes. */
  public String content() {
    return content;
  }

  /** The column with the photos' paths. */
  public String path() {
    return path;
  }

  /** The column for the verdict. */
  public String verdict() {
    return verdict;
  }

  /** How many photos a task holds at a time. */
  public int ahead() {
    return ahead;
  }

  /** The detector's settings that were made, as {@link #of} takes them. */
  public Map<String, String> detector() {
    Map<String, String> settings = new LinkedHashMap<>();
    detector.forEach((setting, value) -> settings.put(setting.key(), value));
    return settings;
  }

  /**
   * Opens the detector.
   *
   * @param threads the number of threads, if the settings have none
   */
  Detector open(int threads) {
    DetectorBuilder builder = Detector.builder();
    detector.forEach((setting, value) -> setting.apply(builder, value));
    if (!detector.containsKey(Setting.THREADS)) {
      builder.threads(threads);
    }
    return builder.open();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnmaskSettings that
        && detector.equals(that.detector)
        && content.equals(that.content)
        && path.equals(that.path)
        && verdict.equals(that.verdict)
        && ahead == that.ahead;
  }

  @Override
  public int hashCode() {
    return Objects.hash(detector, content, path, verdict, ahead);
  }

  /** The detector's settings that were made, such as {@code threshold=0.5}, for people. */
  @Override
  public String toString() {
    return detector.isEmpty() ? "the default settings" : detector().toString();
  }

  /** Builds settings. Not thread-safe. */
  public static final class Builder {

    private final EnumMap<Setting, String> detector = new EnumMap<>(Setting.class);
    private String content = "content";
    private String path = "path";
    private String verdict = "verdict";
    private int ahead = 2;

    private Builder() {}

    /**
     * Uses these models instead of the bundled one: paths of {@code .keras} or {@code .h5} files,
     * or of folders of them, that every executor sees; or {@code addFile:NAME} for a file that
     * {@code SparkContext.addFile} ships, or a folder that it ships with {@code recursive}.
     */
    public Builder models(String... places) {
      return set(Setting.MODELS, String.join(",", places));
    }

    /** As {@link DetectorBuilder#architecture}. */
    public Builder architecture(String architecture) {
      return set(Setting.ARCHITECTURE, architecture);
    }

    /** As {@link DetectorBuilder#provider}. */
    public Builder provider(String name) {
      return set(Setting.PROVIDER, name);
    }

    /** As {@link DetectorBuilder#backend(String)}. */
    public Builder backend(String name) {
      return set(Setting.BACKEND, name);
    }

    /** As {@link DetectorBuilder#device}. */
    public Builder device(Device device) {
      return set(Setting.DEVICE, device.toString());
    }

    /** As {@link DetectorBuilder#precision}; else the model's, or single precision. */
    public Builder precision(Precision precision) {
      return set(Setting.PRECISION, precision.toString());
    }

    /** As {@link DetectorBuilder#preprocessor(String)}. */
    public Builder preprocessor(String name) {
      return set(Setting.PREPROCESSOR, name);
    }

    /**
     * Sets the maximum number of pixels of a photo, for the preprocessor java; by default 100
     * million.
     */
    public Builder maxPixels(long pixels) {
      return set(Setting.MAX_PIXELS, Long.toString(pixels));
    }

    /** As {@link DetectorBuilder#threshold}. */
    public Builder threshold(double threshold) {
      return set(Setting.THRESHOLD, Double.toString(threshold));
    }

    /** As {@link DetectorBuilder#band}. */
    public Builder band(double low, double high) {
      return set(Setting.BAND, low + "," + high);
    }

    /** As {@link DetectorBuilder#noBand}. */
    public Builder noBand() {
      return set(Setting.BAND, "none");
    }

    /** As {@link DetectorBuilder#maxSpread}. */
    public Builder maxSpread(double spread) {
      return set(Setting.MAX_SPREAD, Double.toString(spread));
    }

    /** As {@link DetectorBuilder#fusion(String)}. */
    public Builder fusion(String rule) {
      return set(Setting.FUSION, rule);
    }

    /** As {@link DetectorBuilder#mirrored}. */
    public Builder mirrored(boolean mirrored) {
      return set(Setting.MIRRORED, Boolean.toString(mirrored));
    }

    /** As {@link DetectorBuilder#upright}. */
    public Builder upright(boolean upright) {
      return set(Setting.UPRIGHT, Boolean.toString(upright));
    }

    /** As {@link DetectorBuilder#faces}. */
    public Builder faces(Faces faces) {
      return set(Setting.FACES, faces.name().toLowerCase(Locale.ROOT));
    }

    /** As {@link DetectorBuilder#fakeClass}. */
    public Builder fakeClass(int fakeClass) {
      return set(Setting.FAKE_CLASS, Integer.toString(fakeClass));
    }

    /** Sets how many threads work on one photo; by default {@code spark.task.cpus}. */
    public Builder threads(int threads) {
      return set(Setting.THREADS, Integer.toString(threads));
    }

    /** Sets the column with the photos' bytes; by default {@code content}. */
    public Builder content(String column) {
      content = named(column);
      return this;
    }

    /**
     * Sets the column with the photos' paths; by default {@code path}. {@link Unmask#classifyFiles}
     * reads them; {@link Unmask#classify} does not need them.
     */
    public Builder path(String column) {
      path = named(column);
      return this;
    }

    /** Sets the column for the verdict; by default {@code verdict}. */
    public Builder verdict(String column) {
      verdict = named(column);
      return this;
    }

    /**
     * Sets how many photos a task holds at a time, from 1 to 64; by default 2, so that one is read
     * and decoded while the network works on the other. With more photos, the network waits less
     * for a slow object store, but they take more memory.
     */
    public Builder ahead(int photos) {
      if (photos < 1 || photos > 64) {
        throw new IllegalArgumentException("ahead lies in 1..64, not " + photos);
      }
      ahead = photos;
      return this;
    }

    private Builder set(Setting setting, String value) {
      Objects.requireNonNull(value, setting.key());
      setting.check(value);
      detector.put(setting, value);
      return this;
    }

    private static String named(String column) {
      if (column.isBlank()) {
        throw new IllegalArgumentException("a column has a name");
      }
      return column;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if two settings contradict each other
     */
    public UnmaskSettings build() {
      String preprocessor = detector.getOrDefault(Setting.PREPROCESSOR, "java");
      if (detector.containsKey(Setting.MAX_PIXELS)) {
        if (!preprocessor.equals("java")) {
          throw new IllegalArgumentException(
              "max-pixels is for the preprocessor java; %s has a limit of its own: leave one of the two out"
                  .formatted(preprocessor));
        }
        detector.remove(Setting.PREPROCESSOR);
      }
      return new UnmaskSettings(this);
    }
  }
}
