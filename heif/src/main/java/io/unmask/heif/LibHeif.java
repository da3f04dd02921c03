package io.unmask.heif;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libheif that are used, under their names in heif.h with {@code heif_} before and
 * underscores between. All of them are in any release from 1.6 on, of 2019.
 */
interface LibHeif extends Library {

  /** {@code heif_colorspace_RGB}. */
  int RGB = 1;

  /** {@code heif_chroma_interleaved_RGB}: 8 bits each, without transparency. */
  int INTERLEAVED_RGB = 10;

  /** {@code heif_channel_interleaved}. */
  int INTERLEAVED = 10;

  /** {@code struct heif_error}. */
  @Structure.FieldOrder({"code", "subcode", "message"})
  class Outcome extends Structure implements Structure.ByValue {
    /** {@code enum heif_error_code}, 0 if all is well. */
    public int code;

    /** {@code enum heif_suberror_code}. */
    public int subcode;

    /** In English, owned by libheif. */
    public @Nullable Pointer message;
  }

  /** Its version, such as {@code 1.15.1}. */
  String getVersion();

  /** Not 0 if the codec, a {@code heif_compression_format}, can be decoded. */
  int haveDecoderForFormat(int compression);

  /** A new context. */
  @Nullable Pointer contextAlloc();

  /** Releases a context. */
  void contextFree(Pointer context);

  /** Reads the boxes of a file; the memory has to stay. */
  Outcome contextReadFromMemoryWithoutCopy(
      Pointer context, Pointer file, long length, @Nullable Pointer options);

  /** The main picture. */
  Outcome contextGetPrimaryImageHandle(Pointer context, PointerByReference handle);

  /** Columns of the picture as it is shown, turned as the file asks. */
  int imageHandleGetWidth(Pointer handle);

  /** Rows of the picture as it is shown. */
  int imageHandleGetHeight(Pointer handle);

  /** Releases a handle. */
  void imageHandleRelease(Pointer handle);

  /** New options, with their defaults. */
  @Nullable Pointer decodingOptionsAlloc();

  /** Releases options. */
  void decodingOptionsFree(Pointer options);

  /** Decodes a picture, and turns it as the file asks. */
  Outcome decodeImage(
      Pointer handle,
      PointerByReference image,
      int colorspace,
      int chroma,
      @Nullable Pointer options);

  /** Columns of a decoded picture. */
  int imageGetWidth(Pointer image, int channel);

  /** Rows of a decoded picture. */
  int imageGetHeight(Pointer image, int channel);

  /** The pixels; the bytes from a row to the next are put in {@code stride}. */
  @Nullable Pointer imageGetPlaneReadonly(Pointer image, int channel, IntByReference stride);

  /** Releases a picture. */
  void imageRelease(Pointer image);
}
