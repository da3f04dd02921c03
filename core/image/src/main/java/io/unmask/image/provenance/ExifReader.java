package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Claim;
import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import io.unmask.image.provenance.container.TiffDirectory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** EXIF (CIPA DC-008): what cameras write, and what programs write in its place. */
final class ExifReader {

  private static final int MAKE = 0x010F;
  private static final int MODEL = 0x0110;
  private static final int SOFTWARE = 0x0131;
  private static final int EXIF_DIRECTORY = 0x8769;
  private static final int TAKEN = 0x9003;
  private static final int USER_COMMENT = 0x9286;
  private static final int LENS = 0xA434;

  /** Of a user comment: which characters it is in. */
  private static final int CHARSET_BYTES = 8;

  private ExifReader() {}

  static void read(FileBytes exif, Consumer<Evidence> found) throws DamagedException {
    TiffDirectory image = TiffDirectory.first(exif);
    String make = text(image, MAKE);
    String model = text(image, MODEL);
    String software = text(image, SOFTWARE);
    Optional<Claim> program = Programs.claim(software);
    if (program.isPresent()) {
      found.accept(
          Evidence.unsigned(
              Source.EXIF,
              program.get(),
              Optional.of(software),
              "Software " + Texts.quoted(software, 100)));
    }
    // ComfyUI keeps its graphs in these tags of a WebP, each behind its name.
    Map<String, String> texts = new LinkedHashMap<>();
    boolean graphInMake = graph(make, texts);
    boolean graphInModel = graph(model, texts);
    Optional<TiffDirectory> photo = image.directory(EXIF_DIRECTORY);
    if (!graphInMake && !graphInModel && !make.isEmpty() && !model.isEmpty()) {
      found.accept(camera(make, model, photo));
    }
    if (photo.isPresent()) {
      String comment = comment(photo.get());
      if (comment.startsWith("{")
          && (comment.contains("\"AIGC\"") || comment.contains("\"ContentProducer\""))) {
        Tc260.read(comment, found);
      } else if (!comment.isEmpty()) {
        texts.put("UserComment", comment);
      }
    }
    if (!texts.isEmpty()) {
      GeneratorTexts.read(texts, found);
    }
  }

  private static boolean graph(String text, Map<String, String> texts) {
    for (String key : new String[] {"prompt", "workflow"}) {
      if (text.startsWith(key + ":{")) {
        texts.put(key, text.substring(key.length() + 1));
        return true;
      }
    }
    return false;
  }

  private static Evidence camera(String make, String model, Optional<TiffDirectory> photo)
      throws DamagedException {
    String name = model.startsWith(make) ? model : make + " " + model;
    StringBuilder detail = new StringBuilder(Texts.quoted(name, 100));
    if (photo.isPresent()) {
      String lens = text(photo.get(), LENS);
      String taken = text(photo.get(), TAKEN);
      detail.append(lens.isEmpty() ? "" : ", lens " + Texts.quoted(lens, 100));
      detail.append(taken.isEmpty() ? "" : ", taken " + Texts.quoted(taken, 40));
    }
    String lower = name.toLowerCase(Locale.ROOT);
    boolean scanner = lower.contains("scan") || lower.contains("epson perfection");
    return Evidence.unsigned(
        Source.EXIF,
        scanner ? Claim.UNSPECIFIED : Claim.CAMERA,
        Optional.empty(),
        detail.toString());
  }

  private static String text(TiffDirectory directory, int tag) throws DamagedException {
    Optional<TiffDirectory.Value> value = directory.find(tag);
    return value.isPresent() ? Texts.untilZero(Texts.of(value.get().bytes())) : "";
  }

  /** In ASCII, or in UTF-16 in the file's order of bytes; programs write the other order too. */
  private static String comment(TiffDirectory photo) throws DamagedException {
    Optional<TiffDirectory.Value> value = photo.find(USER_COMMENT);
    if (value.isEmpty() || value.get().bytes().size() < CHARSET_BYTES) {
      return "";
    }
    FileBytes bytes = value.get().bytes();
    boolean named = bytes.has(0, "UNICODE") || bytes.has(0, "ASCII") || bytes.has(0, "JIS");
    int header = named || bytes.u8(0) == 0 ? CHARSET_BYTES : 0; // programs leave it out
    FileBytes content = bytes.part(header, bytes.size() - header);
    if (!bytes.has(0, "UNICODE") || isSingleByte(content)) {
      return Texts.of(content).replace("\0", "").strip();
    }
    byte[] text = content.first(Texts.MOST_BYTES).copy();
    return new String(text, order(text, photo.bigEndian())).replace("\0", "").strip();
  }

  /**
   * Programs write UTF-8 behind the name of UTF-16 too: a text in that has zeros, or no letters.
   */
  private static boolean isSingleByte(FileBytes content) throws DamagedException {
    byte[] start = content.first(256).copy();
    int letters = 0;
    for (byte each : start) {
      if (each == 0) {
        return false;
      }
      letters += each >= ' ' && each < 0x7F ? 1 : 0;
    }
    return letters * 10 >= start.length * 9;
  }

  /** Of Latin letters, one byte is zero, and which one tells the order. */
  private static Charset order(byte[] text, boolean bigEndian) {
    int zerosFirst = 0;
    int zerosSecond = 0;
    for (int i = 0; i + 1 < Math.min(text.length, 256); i += 2) {
      zerosFirst += text[i] == 0 ? 1 : 0;
      zerosSecond += text[i + 1] == 0 ? 1 : 0;
    }
    boolean big = zerosFirst == zerosSecond ? bigEndian : zerosFirst > zerosSecond;
    return big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
  }
}
