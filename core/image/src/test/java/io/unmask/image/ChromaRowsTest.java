package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChromaRowsTest {

  @Test
  void theProbeIsAnImageInHalfHeightChroma() throws UnreadableException {
    JpegHeader header = JpegHeader.parse(ChromaRows.probe());
    assertThat(header.width()).isEqualTo(8);
    assertThat(header.height()).isEqualTo(32);
    assertThat(header.isHalfHeight(0)).isFalse();
    assertThat(header.isHalfHeight(1)).isTrue();
    assertThat(header.isHalfHeight(2)).isTrue();
  }

  @Test
  void otherSubsamplingsAreLeftAlone() throws UnreadableException {
    for (String file : new String[] {"gray.jpg", "444.jpg", "422.jpg", "420.jpg", "411.jpg"}) {
      assertThat(JpegHeader.parse(Golden.bytes(file)).halfHeight()).as(file).isZero();
    }
    assertThat(JpegHeader.parse(Golden.bytes("440.jpg")).halfHeight()).isEqualTo(0b110);
  }

  @Test
  void doubledRowsAreToldFromSmoothedOnes() {
    byte[] doubled = new byte[8 * 32 * 3];
    assertThat(ChromaRows.areDoubled(doubled)).isTrue();
    doubled[15 * 8 * 3 + 1] = -3;
    assertThat(ChromaRows.areDoubled(doubled)).isFalse();
  }

  /** By hand after jdsample.c: (3 near + far + 1) / 4 above, (3 near + far + 2) / 4 below. */
  @Test
  void smoothsAsLibjpegTurboDoes() throws UnreadableException {
    JpegHeader probe = JpegHeader.parse(ChromaRows.probe());
    JpegHeader header =
        new JpegHeader(
            1,
            5,
            false,
            JpegHeader.Colors.YCBCR,
            0b110,
            false,
            ExifOrientation.UPRIGHT,
            probe.tables(),
            probe.scan());
    byte[] data = {1, 10, 7, 2, 10, 7, 3, 20, 7, 4, 20, 7, 5, (byte) 200, 7};
    ChromaRows.smooth(header, data);
    assertThat(data)
        .containsExactly(
            1, 10, 7, 2, 13, 7, 3, 17, 7, 4, 65, 7, 5, (3 * 200 + 20 + 1) / 4 - 256, 7);
  }
}
