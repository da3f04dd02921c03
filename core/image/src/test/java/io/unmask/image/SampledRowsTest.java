package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.image.jpeg.Component;
import io.unmask.image.jpeg.Samples;
import io.unmask.spi.Photo;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampledRowsTest {

  private static final Photo.Facts FACTS = new Photo.Facts("JPEG", 1, false, 1);

  private final Random random = new Random(7);

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "1, 2", "2, 2"})
  void theyAreThoseOfAnyPhotoWithTheSamePixels(int across, int down) {
    for (int width = 5; width < 40; width++) {
      Samples samples = samples(width, 1 + random.nextInt(6), across, down);
      for (int i = 0; i < 20; i++) {
        int left = random.nextInt(width);
        int size = 1 + random.nextInt(width - left);
        compare(samples, left, ResizeAxis.of(size, 1 + random.nextInt(50)));
      }
      compare(samples, 0, ResizeAxis.of(width, width));
      compare(samples, width - 1, ResizeAxis.of(1, 3));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "1, 2", "2, 2"})
  void allColoursAreTheSame(int across, int down) {
    int width = 512;
    Samples samples = samples(width, 256, across, down);
    for (int y = 0; y < 256; y++) {
      for (int number = 1; number < 3; number++) {
        Component chroma = samples.components().get(number);
        int row = chroma.offset() + y / down * chroma.stride();
        for (int x = 0; x < chroma.width(); x++) {
          samples.data()[row + x] = (byte) (number == 1 ? y : x);
        }
      }
    }
    compare(samples, 0, ResizeAxis.of(width, width));
  }

  private static void compare(Samples samples, int left, ResizeAxis axis) {
    StretchedRows sampled = new SampledRows(samples, left, axis);
    Photo photo = new DecodedPhoto(new SampledPixels(samples), FACTS);
    StretchedRows expected = new PhotoRows(photo, left, axis);
    for (int y = 0; y < photo.height(); y++) {
      assertThat(pixels(sampled, y, axis))
          .as("row %d of %s from column %d, as %s", y, photo.size(), left, axis)
          .isEqualTo(pixels(expected, y, axis));
    }
  }

  private static float[] pixels(StretchedRows rows, int y, ResizeAxis axis) {
    float[] levels = new float[3 * axis.first().length];
    float[] pixels = new float[levels.length];
    rows.read(y, levels);
    rows.arrange(levels, pixels);
    return pixels;
  }

  /** Samples, many of them the least and the greatest, in whole blocks as a decoder makes them. */
  private Samples samples(int width, int height, int across, int down) {
    int columns = ceil(width, 8 * across);
    int rows = ceil(height, 8 * down);
    int block = 64 * columns * rows;
    byte[] data = new byte[(across * down + 2) * block];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (random.nextBoolean() ? random.nextInt(256) : -random.nextInt(2));
    }
    int chromaWidth = ceil(width, across);
    int chromaHeight = ceil(height, down);
    int offset = across * down * block;
    List<Component> components =
        List.of(
            new Component(width, height, 0, 8 * across * columns),
            new Component(chromaWidth, chromaHeight, offset, 8 * columns),
            new Component(chromaWidth, chromaHeight, offset + block, 8 * columns));
    return new Samples(data, components, across, down);
  }

  private static int ceil(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
