package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.spi.Photo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegQualityTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 25, 40, 49, 50, 51, 60, 75, 90, 95, 99, 100})
  void theNumberIsThatWhichTheFileWasWrittenWith(int quality) throws IOException {
    Photo.Facts facts = ImageHeader.read(jpeg(quality), "a.jpg", ImageOptions.DEFAULT).facts();
    assertThat(facts.quality().orElseThrow()).isEqualTo(quality);
  }

  @Test
  void otherFormatsHaveNone() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
    assertThat(ImageHeader.read(png.toByteArray(), "a.png", ImageOptions.DEFAULT).facts().quality())
        .isEmpty();
  }

  @Test
  void tablesThatAreCutOrMissingSayNothing() {
    byte[] whole = new byte[4 + 65];
    whole[0] = (byte) 0xFF;
    whole[1] = (byte) 0xDB;
    whole[3] = 2 + 65;
    Arrays.fill(whole, 5, whole.length, (byte) 1);
    assertThat(JpegQuality.of(whole)).hasValue(100);
    assertThat(JpegQuality.of(Arrays.copyOf(whole, 60))).isEmpty();
    whole[4] = 1; // the table of another component
    assertThat(JpegQuality.of(whole)).isEmpty();
    assertThat(JpegQuality.of(new byte[0])).isEqualTo(OptionalInt.empty());
  }

  private static byte[] jpeg(int quality) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality / 100f);
      writer.write(
          null,
          new IIOImage(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), null, null),
          param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
