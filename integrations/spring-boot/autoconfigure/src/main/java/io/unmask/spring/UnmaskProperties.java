package io.unmask.spring;

import io.unmask.Faces;
import io.unmask.spi.Device;
import io.unmask.spi.Precision;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the detector is configured. What is not said is as in {@link io.unmask.DetectorBuilder}, but
 * for the threads.
 *
 * @param enabled Whether a detector is opened.
 * @param models Keras files, or folders of them, that decide together; without any, the bundled
 *     model.
 * @param backend The name of the backend, such as cpu; else the best that is available.
 * @param device The kind of processor; else the best that the backend can use.
 * @param precision The numbers that networks are computed with: f32, bf16, int8 or auto; else as
 *     the model's manifest says, or f32.
 * @param preprocessor The name of what decodes and resizes photos; else java.
 * @param maxPixels The most pixels of a photo; else 100 million. For the preprocessor java.
 * @param threshold A photo is fake if its probability is above this, from 0 to 1; else as the
 *     model's manifest says, or 0.5.
 * @param band The probabilities that are left undecided; else as the model's manifest says.
 * @param maxSpread Leave a photo undecided if the models' probabilities are further apart than
 *     this, from 0 to 1; else as the model's manifest says.
 * @param fusion The rule that makes one probability of those of several models, such as mean.
 * @param mirrored Whether each photo is looked at mirrored as well, in twice the time; else as the
 *     model's manifest says.
 * @param upright Whether photos are turned as their EXIF data says; else where faces are judged.
 * @param faces Whether the whole photo is judged, or each face in it; else as the model's manifest
 *     says.
 * @param fakeClass The class of the model that means fake, counted from 0; else as the model's
 *     manifest says, or 1.
 * @param threads How many threads work on one photo. As many photos are worked on at a time as
 *     there are processors for that; one is best where there are several callers.
 */
@ConfigurationProperties("unmask")
public record UnmaskProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue List<Path> models,
    @Nullable String backend,
    @Nullable Device device,
    @Nullable Precision precision,
    @Nullable String preprocessor,
    @Nullable Long maxPixels,
    @Nullable Double threshold,
    @Nullable Band band,
    @Nullable Double maxSpread,
    @Nullable String fusion,
    @Nullable Boolean mirrored,
    @Nullable Boolean upright,
    @Nullable Faces faces,
    @Nullable Integer fakeClass,
    @DefaultValue("1") int threads) {

  /** Copies the list. */
  public UnmaskProperties {
    models = List.copyOf(models);
  }

  /**
   * Which probabilities are left undecided.
   *
   * @param enabled Whether any are; false turns the band of the model's manifest off.
   * @param low From this one on, from 0 to 1.
   * @param high Up to this one, from 0 to 1.
   */
  public record Band(
      @DefaultValue("true") boolean enabled, @Nullable Double low, @Nullable Double high) {}
}
