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
 * The properties of the detector. The defaults are those of {@link io.unmask.DetectorBuilder},
 * except for the threads.
 *
 * @param enabled Whether a detector is opened.
 * @param models Keras files, or folders of them, which together give the verdict; by default the
 *     bundled model.
 * @param architecture The architecture of model files that contain only weights, such as mesonet4,
 *     or a JSON file of Keras; by default what the model's manifest says.
 * @param backend The name of the backend, such as cpu; by default the best one that is available.
 * @param device The kind of processor; by default the best one that the backend can use.
 * @param precision The precision that networks are computed in: f32, bf16, int8 or auto; by default
 *     that of the model's manifest, or f32.
 * @param preprocessor The name of the preprocessor, which decodes and resizes photos; by default
 *     java.
 * @param maxPixels The maximum number of pixels of a photo, for the preprocessor java; by default
 *     100 million.
 * @param threshold The threshold, from 0 to 1: a photo is fake if its probability is above it; by
 *     default that of the model's manifest, or 0.5.
 * @param band The band of probabilities that are left undecided; by default that of the model's
 *     manifest.
 * @param maxSpread The maximum spread, from 0 to 1: a photo is left undecided if the models'
 *     probabilities are further apart; by default that of the model's manifest.
 * @param fusion The rule that fuses the probabilities of several models into one, such as mean.
 * @param mirrored Whether the network is shown each photo mirrored as well, which takes twice the
 *     time; by default as the model's manifest says.
 * @param upright Whether photos are turned as their EXIF data says; by default only if faces are
 *     judged.
 * @param faces Whether the whole photo is judged, or each face in it; by default as the model's
 *     manifest says.
 * @param fakeClass The class of the model that means fake, counted from 0; by default as the
 *     model's manifest says, or 1.
 * @param threads How many threads work on one photo; by default 1. Photos run in parallel as long
 *     as there are processors for these threads; 1 is best if there are several callers.
 */
@ConfigurationProperties("unmask")
public record UnmaskProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue List<Path> models,
    @Nullable String architecture,
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
   * The band of probabilities that are left undecided.
   *
   * @param enabled Whether there is a band; false turns off the band of the model's manifest.
   * @param low The lower end of the band, from 0 to 1.
   * @param high The upper end of the band, from 0 to 1.
   */
  public record Band(
      @DefaultValue("true") boolean enabled, @Nullable Double low, @Nullable Double high) {}
}
