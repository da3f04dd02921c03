package io.unmask.spring;

import io.unmask.Detector;
import io.unmask.DetectorBuilder;
import io.unmask.image.ImageOptions;
import io.unmask.image.JavaPreprocessor;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From properties to a builder. */
final class ConfiguredBuilder {

  private ConfiguredBuilder() {}

  /**
   * A builder with what the properties say.
   *
   * @throws IllegalArgumentException if a value is out of its range, or two contradict each other
   */
  static DetectorBuilder of(UnmaskProperties properties) {
    DetectorBuilder builder = Detector.builder().threads(properties.threads());
    if (!properties.models().isEmpty()) {
      builder.model(properties.models().toArray(Path[]::new));
    }
    Optional.ofNullable(properties.architecture()).ifPresent(builder::architecture);
    Optional.ofNullable(properties.backend()).ifPresent(builder::backend);
    Optional.ofNullable(properties.device()).ifPresent(builder::device);
    Optional.ofNullable(properties.precision()).ifPresent(builder::precision);
    preprocessor(builder, properties.preprocessor(), properties.maxPixels());
    Optional.ofNullable(properties.threshold()).ifPresent(builder::threshold);
    band(builder, properties.band());
    Optional.ofNullable(properties.maxSpread()).ifPresent(builder::maxSpread);
    Optional.ofNullable(properties.fusion()).ifPresent(builder::fusion);
    Optional.ofNullable(properties.mirrored()).ifPresent(builder::mirrored);
    Optional.ofNullable(properties.upright()).ifPresent(builder::upright);
    Optional.ofNullable(properties.faces()).ifPresent(builder::faces);
    Optional.ofNullable(properties.fakeClass()).ifPresent(builder::fakeClass);
    return builder;
  }

  private static void preprocessor(
      DetectorBuilder builder, @Nullable String name, @Nullable Long maxPixels) {
    if (maxPixels == null) {
      Optional.ofNullable(name).ifPresent(builder::preprocessor);
      return;
    }
    if (name != null && !name.equals("java")) {
      throw new IllegalArgumentException(
          "unmask.max-pixels is for the preprocessor java; %s has a limit of its own: leave one of"
                  .formatted(name)
              + " the two properties out");
    }
    builder.preprocessor(
        JavaPreprocessor.withOptions(ImageOptions.DEFAULT.withMaxPixels(maxPixels)));
  }

  private static void band(DetectorBuilder builder, UnmaskProperties.@Nullable Band band) {
    if (band == null) {
      return;
    }
    @Nullable Double low = band.low();
    @Nullable Double high = band.high();
    if (!band.enabled()) {
      builder.noBand();
    } else if (low != null && high != null) {
      builder.band(low, high);
    } else {
      throw new IllegalArgumentException(
          "unmask.band needs both, unmask.band.low and unmask.band.high, or"
              + " unmask.band.enabled=false");
    }
  }
}
