package io.unmask.heif;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How many pictures an image sequence has, told by its boxes (ISO/IEC 14496-12) without decoding:
 * the samples of its first track of pictures.
 */
final class SequenceFrames {

  private static final int MOVIE = type("moov");
  private static final int TRACK = type("trak");
  private static final int MEDIA = type("mdia");
  private static final int HANDLER = type("hdlr");
  private static final int INFORMATION = type("minf");
  private static final int SAMPLES = type("stbl");
  private static final int SIZES = type("stsz");
  private static final int COMPACT_SIZES = type("stz2");
  private static final int PICTURES = type("pict");
  private static final int VIDEO = type("vide");

  /** How many boxes of a box are looked at, so that a damaged file ends soon. */
  private static final int MOST_BOXES = 1000;

  private SequenceFrames() {}

  private static int type(String name) {
    return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
  }

  /** A box: its content. */
  private record Box(int type, ByteBuffer content) {}

  /** The number, 1 if the file has no sequence. */
  static int count(byte[] encoded) {
    for (Box movie : boxes(ByteBuffer.wrap(encoded), MOVIE)) {
      for (Box track : boxes(movie.content, TRACK)) {
        for (Box media : boxes(track.content, MEDIA)) {
          int frames = frames(media.content);
          if (frames > 0) {
            return frames;
          }
        }
      }
    }
    return 1;
  }

  /** Samples of a track's media, 0 if it is none of pictures. */
  private static int frames(ByteBuffer media) {
    boolean shown =
        boxes(media, HANDLER).stream()
            .map(Box::content)
            .filter(handler -> handler.remaining() >= 12)
            .mapToInt(handler -> handler.getInt(handler.position() + 8))
            .anyMatch(kind -> kind == PICTURES || kind == VIDEO);
    if (!shown) {
      return 0;
    }
    for (Box information : boxes(media, INFORMATION)) {
      for (Box samples : boxes(information.content, SAMPLES)) {
        for (Box sizes : boxes(samples.content, SIZES, COMPACT_SIZES)) {
          ByteBuffer content = sizes.content; // version and flags, a size, the number
          if (content.remaining() >= 12) {
            return Math.max(0, content.getInt(content.position() + 8));
          }
        }
      }
    }
    return 0;
  }

  /** The boxes of some types that follow each other in a box; as far as they are whole. */
  private static List<Box> boxes(ByteBuffer parent, int... types) {
    List<Box> found = new ArrayList<>();
    ByteBuffer rest = parent.duplicate();
    for (int i = 0; i < MOST_BOXES && rest.remaining() >= 8; i++) {
      int start = rest.position();
      long length = rest.getInt() & 0xFFFFFFFFL;
      int type = rest.getInt();
      if (length == 1 && rest.remaining() >= 8) {
        length = rest.getLong();
      } else if (length == 0) {
        length = (long) rest.limit() - start;
      }
      if (length < rest.position() - start || length > rest.limit() - start) {
        break;
      }
      int end = start + (int) length;
      for (int wanted : types) {
        if (type == wanted) {
          found.add(new Box(type, rest.duplicate().limit(end)));
        }
      }
      rest.position(end);
    }
    return found;
  }
}
