package io.unmask.image;

import static io.unmask.image.ImageFormat.JPEG;

import io.unmask.image.JpegHeader.Colors;
import io.unmask.image.jpeg.BaselineDecoder;
import io.unmask.image.jpeg.Samples;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JPEG as libjpeg does with the accurate integer DCT.
 *
 * <p>Ordinary files are decoded by {@link BaselineDecoder}, where Java has its second compiler; all
 * others, and damaged ones, with the JDK's own reader, which wraps libjpeg. Both give the same
 * bytes.
 *
 * <p>The JDK decides otherwise than libjpeg when markers are missing or contradict each other, and
 * fails on damaged metadata that libjpeg skips. So it never sees them: the header is read here, the
 * colour space is decided as libjpeg decides, and the reader gets a stream without APPn and COM
 * segments, with one Adobe marker that says that the components need no conversion. They come back
 * as they are stored, upsampled, and are converted here with libjpeg's arithmetic, where the
 * resizer needs them.
 */
final class JpegDecoder {

  private static final String READER = "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi";

  /**
   * Whether Java has its second compiler. Without it, as in the command, which lives too briefly,
   * our decoder takes more than twice the time of the JDK's native one.
   */
  private static final boolean COMPILES_FOR_SPEED =
      compilesForSpeed(System.getProperty("java.vm.info", ""));

  /** Ordinary progressive files have about ten; each costs a pass over the whole image. */
  private static final int MAX_SCANS = 100;

  /** Pixels in all scans together: fifteen scans of the largest image, a few seconds' work. */
  private static final long MAX_SCANNED_PIXELS = 1_500_000_000;

  /** A block of 8x8 samples takes at least one bit. */
  private static final long MAX_PIXELS_PER_BYTE = 8 * 64;

  /** SOI, then APP14 "Adobe", version 100, no flags, transform 0: components as stored. */
  private static final byte[] PREFIX = {
    (byte) 0xFF,
    (byte) 0xD8,
    (byte) 0xFF,
    (byte) 0xEE,
    0,
    14,
    'A',
    'd',
    'o',
    'b',
    'e',
    0,
    100,
    0,
    0,
    0,
    0,
    0
  };

  private JpegDecoder() {}

  private static boolean compilesForSpeed(String runtime) {
    return !runtime.contains("emulated-client") && !runtime.contains("interpreted");
  }

  static DecodedImage decode(byte[] encoded, ImageLimits limits) throws IOException {
    JpegHeader header = checked(encoded, limits);
    if ((long) header.width() * header.height() > MAX_PIXELS_PER_BYTE * encoded.length) {
      throw UnreadableException.truncated(
          JPEG, "the data of " + header.width() + "x" + header.height() + " pixels");
    }
    if (header.progressive()) {
      checkScans(encoded, header);
    }
    @Nullable Samples samples = COMPILES_FOR_SPEED ? readSamples(encoded, header) : null;
    if (samples != null) {
      return new DecodedImage(pixels(header, samples), described(header));
    }
    return new DecodedImage(readPixels(encoded, header), described(header));
  }

  static ImageHeader header(byte[] encoded, ImageLimits limits) throws UnreadableException {
    return described(checked(encoded, limits));
  }

  private static JpegHeader checked(byte[] encoded, ImageLimits limits) throws UnreadableException {
    JpegHeader header = JpegHeader.parse(encoded);
    limits.check(JPEG, header.width(), header.height());
    return header;
  }

  private static ImageHeader described(JpegHeader header) {
    ImageHeader described =
        ImageHeader.of(JPEG, header.width(), header.height(), header.orientation(), 1);
    return new ImageHeader(
        described.size(), described.facts().compressed(JpegQuality.of(header.tables())));
  }

  private static void checkScans(byte[] encoded, JpegHeader header) throws UnreadableException {
    int scans = JpegScans.count(encoded, header.scan(), MAX_SCANS + 1);
    if (scans > MAX_SCANS) {
      throw UnreadableException.unsupported(
          JPEG, "progressive, many-scan", "at most " + MAX_SCANS + " scans");
    }
    long pixels = (long) header.width() * header.height();
    if (scans * pixels > MAX_SCANNED_PIXELS) {
      throw UnreadableException.unsupported(
          JPEG,
          scans + "-scan progressive",
          "at most " + MAX_SCANNED_PIXELS / pixels + " scans of " + pixels + " pixels");
    }
  }

  /** Decodes an ordinary file; nothing if it is none, or damaged. */
  static @Nullable Samples readSamples(byte[] encoded, JpegHeader header) {
    boolean ordinary =
        !header.progressive()
            && (header.colors() == Colors.YCBCR || header.colors() == Colors.GRAY);
    return ordinary ? BaselineDecoder.decode(encoded, header.tables(), header.scan()) : null;
  }

  static PixelSource pixels(JpegHeader header, Samples samples) {
    if (header.colors() == Colors.YCBCR) {
      return new SampledPixels(samples);
    }
    int stride = samples.components().get(0).stride();
    return new InterleavedPixels(
        header.width(),
        header.height(),
        samples.data(),
        new InterleavedPixels.Layout(0, stride, 1, 0, 0, 0));
  }

  /** Decodes any file that is supported, with the JDK's reader. */
  static PixelSource readPixels(byte[] encoded, JpegHeader header) throws IOException {
    byte[] components = readComponents(encoded, header);
    if (header.halfHeight() != 0) {
      byte[] probe = ChromaRows.probe();
      if (ChromaRows.areDoubled(readComponents(probe, JpegHeader.parse(probe)))) {
        ChromaRows.smooth(header, components);
      }
    }
    return pixels(header, components);
  }

  private static byte[] readComponents(byte[] encoded, JpegHeader header) throws IOException {
    ByteArrayOutputStream plain =
        new ByteArrayOutputStream(
            PREFIX.length + header.tables().length + encoded.length - header.scan());
    plain.writeBytes(PREFIX);
    plain.writeBytes(header.tables());
    plain.write(encoded, header.scan(), encoded.length - header.scan());
    ImageReader reader = reader();
    try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(plain.toByteArray())) {
      reader.setInput(stream, true, true);
      Raster raster = reader.readRaster(0, null);
      if (stream.exhausted()) {
        throw UnreadableException.truncated(JPEG, "image data up to the end marker");
      }
      byte[] components = ((DataBufferByte) raster.getDataBuffer()).getData();
      int expected = header.width() * header.height() * header.colors().components();
      if (components.length != expected) {
        throw UnreadableException.malformed(
            JPEG, "decoded to " + components.length + " bytes, expected " + expected);
      }
      return components;
    } finally {
      reader.dispose();
    }
  }

  private static PixelSource pixels(JpegHeader header, byte[] components) {
    int width = header.width();
    int height = header.height();
    return switch (header.colors()) {
      case GRAY ->
          new InterleavedPixels(width, height, components, InterleavedPixels.Layout.gray(width));
      case RGB ->
          new InterleavedPixels(width, height, components, InterleavedPixels.Layout.rgb(width));
      case YCBCR -> new YcbcrPixels(width, height, components);
      case CMYK, YCCK ->
          new CmykPixels(width, height, components, header.colors() == Colors.YCCK, header.adobe());
    };
  }

  /** The JDK's reader, whatever other readers the application has installed before it. */
  private static ImageReader reader() throws IOException {
    try {
      Object provider =
          IIORegistry.getDefaultInstance().getServiceProviderByClass(Class.forName(READER));
      if (provider instanceof ImageReaderSpi spi) {
        return spi.createReaderInstance();
      }
    } catch (ClassNotFoundException e) {
      throw UnreadableException.because(
          "this Java runtime has no JPEG reader (" + READER + "); use one with java.desktop");
    }
    throw UnreadableException.because(
        "the application has removed Java's JPEG reader from the IIORegistry; leave it there");
  }
}
