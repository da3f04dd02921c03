package io.unmask.heif;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.unmask.error.ImageException;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Photo;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file that libheif has open, with its main picture. For one thread; holds native memory. */
final class HeifFile implements AutoCloseable {

  /** {@code enum heif_error_code}. */
  private static final int UNSUPPORTED_TYPE = 3;

  private static final int UNSUPPORTED_FEATURE = 4;
  private static final int MEMORY = 6;

  /** From this version of its structure on, decoding can be told to be strict. */
  private static final int STRICT_SINCE = 3;

  /** Parts of a picture reach beyond it by less than one of them. */
  private static final long TILE_PIXELS = 4L << 20;

  private final LibHeif library;
  private final String what;
  private final String source;
  private final @Nullable Memory bytes;
  private @Nullable Pointer context;
  private @Nullable Pointer handle;

  private HeifFile(LibHeif library, HeifFormat format, String source, byte[] encoded) {
    this.library = library;
    this.what = format + " file";
    this.source = source;
    this.bytes = new Memory(encoded.length);
    bytes.write(0, encoded, 0, encoded.length);
  }

  /**
   * Reads the boxes of a file.
   *
   * @param maxPixels the most pixels that its picture may have, as far as libheif can be told
   */
  static HeifFile open(
      Installed installed, HeifFormat format, byte[] encoded, String source, long maxPixels) {
    LibHeif library = Objects.requireNonNull(installed.library(), "libheif");
    HeifFile file = new HeifFile(library, format, source, encoded);
    try {
      file.open(installed, maxPixels);
      return file;
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private void open(Installed installed, long maxPixels) {
    Pointer opened = library.contextAlloc();
    if (opened == null) {
      throw new OutOfMemoryError("libheif has no memory");
    }
    context = opened;
    installed.onThisThread(opened);
    installed.limit(opened, maxPixels + TILE_PIXELS);
    Memory file = Objects.requireNonNull(bytes, "closed");
    check(library.contextReadFromMemoryWithoutCopy(opened, file, file.size(), null));
    PointerByReference primary = new PointerByReference();
    check(library.contextGetPrimaryImageHandle(opened, primary));
    handle = primary.getValue();
    installed.limitSides(opened, handle());
  }

  /** The size of the picture as it is shown. */
  ImageSize size() {
    return new ImageSize(
        library.imageHandleGetHeight(handle()), library.imageHandleGetWidth(handle()));
  }

  private Pointer handle() {
    return Objects.requireNonNull(handle, "closed");
  }

  /**
   * Decodes the picture as it is shown.
   *
   * @param facts what the file says
   * @throws ImageException if it has more pixels than are wanted
   */
  Photo decode(long maxPixels, Photo.Facts facts) {
    PointerByReference image = new PointerByReference();
    Pointer options = strictly();
    try {
      check(library.decodeImage(handle(), image, LibHeif.RGB, LibHeif.INTERLEAVED_RGB, options));
      return copy(image.getValue(), maxPixels, facts);
    } finally {
      if (options != null) {
        library.decodingOptionsFree(options);
      }
      if (image.getValue() != null) {
        library.imageRelease(image.getValue());
      }
    }
  }

  /**
   * Options that have a damaged picture refused rather than mended, and deep colours made 8-bit.
   * The structure: a version and a byte, four pointers, and these two bytes.
   */
  private @Nullable Pointer strictly() {
    Pointer options = library.decodingOptionsAlloc();
    if (options != null && options.getByte(0) >= STRICT_SINCE) {
      long bytes = 5L * Native.POINTER_SIZE;
      options.setByte(bytes, (byte) 1);
      options.setByte(bytes + 1, (byte) 1);
    }
    return options;
  }

  private Photo copy(Pointer image, long maxPixels, Photo.Facts facts) {
    int width = library.imageGetWidth(image, LibHeif.INTERLEAVED);
    int height = library.imageGetHeight(image, LibHeif.INTERLEAVED);
    IntByReference stride = new IntByReference();
    Pointer plane = library.imageGetPlaneReadonly(image, LibHeif.INTERLEAVED, stride);
    if (plane == null || width < 1 || height < 1 || stride.getValue() < 3L * width) {
      throw damaged("libheif returned no picture of it");
    }
    if (width > maxPixels / height) {
      throw damaged("it holds %d x %d pixels, more than its header says".formatted(width, height));
    }
    byte[] levels = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    for (int y = 0; y < height; y++) {
      plane.read((long) y * stride.getValue(), levels, 3 * width * y, 3 * width);
    }
    return Photo.ofRgb(width, height, levels, facts);
  }

  private void check(LibHeif.Outcome outcome) {
    if (outcome.code == 0) {
      return;
    }
    String reason = outcome.message == null ? "" : outcome.message.getString(0, "UTF-8");
    String said =
        "libheif %s: %s".formatted(library.getVersion(), reason.replaceAll("\\s+", " ").strip());
    if (outcome.code == UNSUPPORTED_TYPE || outcome.code == UNSUPPORTED_FEATURE) {
      throw new ImageException(
          "%s: this %s is of a kind that the installed libheif does not read (%s); save the picture"
                  .formatted(source, what, said)
              + " as JPEG or PNG, or install a newer libheif");
    }
    if (outcome.code == MEMORY) {
      throw new ImageException(
          "%s: this %s asks for more memory than there is or than is allowed (%s); scale the image"
                  .formatted(source, what, said)
              + " down");
    }
    throw damaged(said);
  }

  private ImageException damaged(String reason) {
    return new ImageException(
        "%s: cannot read this %s (%s), expected an undamaged one; copy or download it again, or save"
                .formatted(source, what, reason)
            + " it anew");
  }

  @Override
  public void close() {
    if (handle != null) {
      library.imageHandleRelease(handle);
      handle = null;
    }
    if (context != null) {
      library.contextFree(context);
      context = null;
    }
    if (bytes != null) {
      bytes.close(); // what the context reads from
    }
  }
}
