package io.unmask;

import io.unmask.spi.Face;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A photo on its way to the network: the whole of it, or its faces. The first parts are sampled;
 * others, of a photo of very many faces, are when it is their turn, so that no photo takes more
 * room than a few faces do. Used by one thread at a time.
 */
final class Subject implements AutoCloseable {

  /** How many faces of a photo are sampled ahead. */
  static final int AHEAD = 4;

  private final @Nullable Picture picture;
  private final @Nullable List<Face> faces;
  private final List<Pixels> ready;
  private final IntFunction<Pixels> sampling;
  private final long decoding;
  private final long finding;

  private Subject(
      @Nullable Picture picture,
      @Nullable List<Face> faces,
      List<Pixels> ready,
      IntFunction<Pixels> sampling,
      long decoding,
      long finding) {
    this.picture = picture;
    this.faces = faces;
    this.ready = ready;
    this.sampling = sampling;
    this.decoding = decoding;
    this.finding = finding;
  }

  /** A picture that is judged as a whole. */
  static Subject whole(Pixels image) {
    return new Subject(image.picture(), null, List.of(image), Subject::none, 0, 0);
  }

  /**
   * The faces of a picture.
   *
   * @param sampling samples the face of an index
   * @param decoding how long it took to decode the picture, in nanoseconds
   * @param finding how long it took to find the faces
   */
  static Subject faces(
      Picture picture,
      List<Face> faces,
      IntFunction<Pixels> sampling,
      long decoding,
      long finding) {
    List<Pixels> ready = new ArrayList<>();
    try {
      for (int i = 0; i < Math.min(AHEAD, faces.size()); i++) {
        ready.add(sampling.apply(i));
      }
    } catch (RuntimeException | Error e) {
      ready.forEach(Pixels::close);
      throw e;
    }
    // What samples holds the decoded picture, which is let go as soon as nobody needs it.
    IntFunction<Pixels> more = ready.size() < faces.size() ? sampling : Subject::none;
    return new Subject(picture, List.copyOf(faces), ready, more, decoding, finding);
  }

  private static Pixels none(int part) {
    throw new IllegalStateException("there is no part " + part + " that is not ready");
  }

  /** What is known of the picture, or null if nothing is. */
  @Nullable Picture picture() {
    return picture;
  }

  /** The faces, each a part; null if the picture is judged as a whole. */
  @Nullable List<Face> faces() {
    return faces;
  }

  /** How many parts there are to judge. */
  int parts() {
    return faces == null ? 1 : faces.size();
  }

  /** The first parts. */
  List<Pixels> ready() {
    return ready;
  }

  /** Samples a part that is not ready. The caller closes it. */
  Pixels sample(int part) {
    return sampling.apply(part);
  }

  /** How long it took to decode the picture, in nanoseconds, without sampling. */
  long decoding() {
    return decoding;
  }

  /** How long it took to find the faces, in nanoseconds. */
  long finding() {
    return finding;
  }

  /** Gives the buffers back. */
  @Override
  public void close() {
    ready.forEach(Pixels::close);
  }
}
