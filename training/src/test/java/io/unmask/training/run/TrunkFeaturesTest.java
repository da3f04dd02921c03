package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.spi.Device;
import io.unmask.spi.ProgramOptions;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrunkFeaturesTest {

  private static final int IMAGES = 6;

  @TempDir Path folder;
  private final PlainBackend backend = new PlainBackend();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Image i is of the value i, and 100 more for each round it was taken before. */
  private static final Samples SAMPLES =
      new Samples() {
        @Override
        public int size() {
          return 4 * 3;
        }

        @Override
        public void augmented(Draw draw, FloatBuffer target) {
          fill(draw.image() + 100 * draw.round(), target);
        }

        @Override
        public void plain(int image, FloatBuffer target) {
          fill(image, target);
        }

        private void fill(float value, FloatBuffer target) {
          while (target.hasRemaining()) {
            target.put(value);
          }
        }
      };

  private TrunkFeatures open(String key) {
    Network.Builder builder = Network.builder("trunk");
    int x = builder.add("input", new Layer.Input(Shape.of(2, 2, 3)));
    Network trunk = builder.build(builder.add("mean", new Layer.GlobalAveragePooling2D(false), x));
    return TrunkFeatures.open(
        folder.resolve("features"),
        key,
        trunk,
        backend,
        new ProgramOptions(Device.CPU, 1),
        SAMPLES,
        IMAGES,
        2,
        threads,
        TrainingListener.NONE);
  }

  private static float augmented(TrunkFeatures features, int image, int round) {
    FloatBuffer row = FloatBuffer.allocate(3);
    features.augmented(Draw.of(image, round), row);
    return row.get(0);
  }

  @Test
  void featuresAreKeptForWhatTheyBelongToAndVariantsTakeTurns() {
    try (TrunkFeatures features = open("one")) {
      assertThat(augmented(features, 3, 0)).isEqualTo(103); // rounds of the variants begin at 1
      assertThat(augmented(features, 3, 1)).isEqualTo(203);
      assertThat(augmented(features, 3, 2)).isEqualTo(103);
      FloatBuffer row = FloatBuffer.allocate(3);
      features.plain(5, row);
      assertThat(row.get(2)).isEqualTo(5);
    }
    assertThat(backend.images).isEqualTo(3 * IMAGES);
    open("one").close();
    assertThat(backend.images).isEqualTo(3 * IMAGES);
    open("other").close();
    assertThat(backend.images).isEqualTo(6 * IMAGES);
  }

  /** An interrupt closes a channel for everybody; readers here are as if nothing was. */
  @Test
  void anInterruptedReaderHarmsNobody() throws Exception {
    try (TrunkFeatures features = open("one")) {
      List<Future<Float>> read = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        boolean interrupted = i % 2 == 0;
        read.add(
            threads.submit(
                () -> {
                  if (interrupted) {
                    Thread.currentThread().interrupt();
                  }
                  float value = augmented(features, 4, 0);
                  assertThat(Thread.interrupted()).isEqualTo(interrupted);
                  return value;
                }));
      }
      for (Future<Float> each : read) {
        assertThat(each.get()).isEqualTo(104);
      }
    }
  }
}
