package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Scaling;
import io.unmask.training.augmentation.Augmentations;
import io.unmask.training.data.FaceFolders;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSamplesTest {

  @TempDir Path folder;

  /** Augmentation works on numbers in [0, 1], whatever the network reads. */
  @Test
  void imagesAreScaledAsTheNetworkWantsThemAfterAugmentation() throws IOException {
    for (String label : new String[] {"real", "fake"}) {
      Files.createDirectories(folder.resolve(label));
      BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, 0x0001ff);
      image.setRGB(1, 0, 0xff8003);
      ImageIO.write(image, "png", folder.resolve(label + "/a.png").toFile());
    }
    assertThat(plain(Scaling.Named.NONE)).containsExactly(0, 1, 255, 255, 128, 3);
    assertThat(plain(Scaling.Named.UNIT)).containsExactly(0, 1 / 255f, 1, 1, 128 / 255f, 3 / 255f);
    assertThat(plain(Scaling.Named.SIGNED)[2]).isEqualTo(1);
    assertThat(plain(Scaling.Named.SIGNED)[0]).isEqualTo(-1);
  }

  private float[] plain(Scaling scaling) {
    ImageSamples samples =
        new ImageSamples(
            FaceFolders.in(folder).list(),
            new JavaPreprocessor(),
            InputFormat.unitRange(1, 2),
            scaling.of(ChannelOrder.RGB),
            Augmentations.NONE.cropped(0),
            0,
            42);
    float[] plain = new float[6];
    samples.plain(0, FloatBuffer.wrap(plain));
    float[] augmented = new float[6];
    samples.augmented(Draw.of(0, 0), FloatBuffer.wrap(augmented));
    assertThat(augmented).containsExactly(plain);
    return plain;
  }
}
