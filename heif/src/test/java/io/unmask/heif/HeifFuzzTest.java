package io.unmask.heif;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.image.ImageOptions;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.Photo;
import io.unmask.testkit.fuzz.Bytes;
import io.unmask.testkit.fuzz.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Reads damaged files with libheif; on request, as it tries the library that happens to be
 * installed: {@code heif/fuzz --seconds N --seed S}. An input that ends the process is left in
 * {@code target/fuzz}, under its number.
 */
@EnabledIfSystemProperty(
    named = "unmask.fuzz.seconds",
    matches = "[1-9].*",
    disabledReason = "tries the installed libheif: heif/fuzz --seconds 60")
class HeifFuzzTest {

  private static final long SECONDS = Long.getLong("unmask.fuzz.seconds", 0);
  private static final long SEED = Long.getLong("unmask.fuzz.seed", 1);
  private static final List<String> FILES =
      List.of(
          "lossless.heic",
          "lossless.avif",
          "halved-colours.heic",
          "halved-colours.avif",
          "ten-bits.heic",
          "twelve-bits.avif",
          "alpha.heic",
          "alpha.avif",
          "turned.heic",
          "grid.heic",
          "two-pictures.heic",
          "sequence.avif");

  @Test
  void anyInputGivesAPictureOrIsRefused() throws Exception {
    Goldens.needLibheif(HeifFormat.HEIC);
    Goldens.needLibheif(HeifFormat.AVIF);
    JavaPreprocessor preprocessor =
        JavaPreprocessor.withOptions(ImageOptions.DEFAULT.withMaxPixels(1 << 20));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    int read = 0;
    int refused = 0;
    long slowest = 0;
    Path kept = Files.createDirectories(Path.of("target", "fuzz")).resolve("heif-" + SEED);
    try (Trial trial = new Trial()) {
      while (System.nanoTime() < end) {
        Random random = new Random(31 * SEED + read + refused);
        byte[] file = Goldens.bytes(FILES.get(random.nextInt(FILES.size())));
        byte[] input = Bytes.mutated(file, random);
        Files.write(kept, input);
        Trial.Report report =
            trial.run(
                () -> {
                  Photo photo = preprocessor.decode(input, "a.heic", false);
                  return Goldens.levels(photo);
                },
                64 << 20);
        slowest = Math.max(slowest, report.nanoseconds());
        read += report.refused() ? 0 : 1;
        refused += report.refused() ? 1 : 0;
      }
    }
    System.out.printf(
        "libheif %s, seed %d: %,d gave a picture, %,d were refused, at most %.2f s%n",
        Installed.get().library().getVersion(), SEED, read, refused, slowest / 1e9);
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
    Files.deleteIfExists(kept);
  }
}
