package io.unmask.faces;

import io.unmask.spi.Face;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import java.util.ArrayList;
import java.util.List;

/** Looks at a photo as a whole, then closer, then turned. Thread-safe. */
final class BlazeFaceSearch implements FaceFinder.Search {

  private final LazyNetwork near;
  private final LazyNetwork far;
  private final SearchPlan plan;

  /**
   * A search with two networks, which it closes.
   *
   * @param near for faces that fill much of a picture
   * @param far for smaller ones
   */
  BlazeFaceSearch(LazyNetwork near, LazyNetwork far, SearchPlan plan) {
    this.near = near;
    this.far = far;
    this.plan = plan;
  }

  @Override
  public List<Face> find(Photo photo) {
    List<Candidate> faces = overview(photo, 0, 1);
    if (plan.worthACloserLook(photo, faces)) {
      faces = closer(photo, faces);
    }
    if (!plan.isSure(faces)) {
      for (int quarters : SearchPlan.TURNS) {
        List<Candidate> turned = overview(photo, quarters, 1);
        faces = best(turned) > best(faces) ? turned : faces;
      }
    }
    for (double share : plan.apart()) {
      if (faces.isEmpty()) {
        faces = overview(photo, 0, share);
      }
    }
    return faces.stream().map(BlazeFaceSearch::face).toList();
  }

  private static double best(List<Candidate> faces) {
    return faces.isEmpty() ? 0 : faces.get(0).score(); // they are sorted
  }

  /**
   * What is found in the whole photo, turned clockwise by some quarters and shown so large. The
   * network for faces that fill much of a picture is asked where the other one finds none that is
   * sure and large.
   */
  private List<Candidate> overview(Photo photo, int quarters, double share) {
    List<Region> whole = List.of(photo.whole());
    List<Candidate> found = new ArrayList<>(look(far, photo, whole, quarters, share));
    if (!plan.isSure(found) || plan.worthACloserLook(photo, found)) {
      found.addAll(look(near, photo, whole, quarters, share));
    }
    return confirmed(photo, Blending.blend(found), quarters, share);
  }

  /** What was found, and what is found in parts of the photo, from larger to smaller ones. */
  private List<Candidate> closer(Photo photo, List<Candidate> found) {
    List<Candidate> faces = found;
    for (List<Region> tiles : plan.tiles(photo)) {
      List<Candidate> all = new ArrayList<>(faces);
      all.addAll(confirmed(photo, Blending.blend(look(far, photo, tiles, 0, 1)), 0, 1));
      faces = Blending.blend(all);
    }
    return faces;
  }

  private List<Candidate> look(
      LazyNetwork lazy, Photo photo, List<Region> regions, int quarters, double share) {
    List<List<Candidate>> each = candidates(lazy, photo, regions, quarters, share);
    List<Candidate> found = new ArrayList<>();
    for (int i = 0; i < regions.size(); i++) {
      Region region = regions.get(i);
      for (Candidate candidate : Blending.blend(each.get(i))) {
        if (plan.isWhole(candidate, region, photo)) {
          found.add(candidate);
        }
      }
    }
    return found;
  }

  private List<List<Candidate>> candidates(
      LazyNetwork lazy, Photo photo, List<Region> regions, int quarters, double share) {
    FaceNetwork network = lazy.get();
    List<Look> looks =
        regions.stream().map(region -> new Look(region, quarters, network.side(), share)).toList();
    return network.candidates(photo, looks, plan.possible(), plan.everyPixel());
  }

  /**
   * The faces that are sure, and of the others those that a look at them alone confirms, with the
   * places and the score that it gives.
   */
  private List<Candidate> confirmed(
      Photo photo, List<Candidate> faces, int quarters, double share) {
    List<Candidate> confirmed = new ArrayList<>();
    List<Candidate> doubtful = new ArrayList<>();
    for (Candidate face : faces) {
      (face.score() >= plan.sure() ? confirmed : doubtful).add(face);
    }
    List<Candidate> asked = doubtful.subList(0, Math.min(doubtful.size(), SearchPlan.MAX_DOUBTS));
    if (asked.isEmpty()) {
      return confirmed;
    }
    List<Region> regions = asked.stream().map(face -> plan.around(face, photo)).toList();
    List<List<Candidate>> answers = candidates(near, photo, regions, quarters, share);
    List<List<Candidate>> others = candidates(far, photo, regions, quarters, share);
    for (int i = 0; i < asked.size(); i++) {
      Candidate face = asked.get(i);
      List<Candidate> all = new ArrayList<>(answers.get(i));
      all.addAll(others.get(i));
      Blending.blend(all).stream()
          .filter(again -> again.score() >= plan.confirmed(share) && plan.isSame(face, again))
          .findFirst()
          .ifPresent(confirmed::add);
    }
    return Blending.blend(confirmed);
  }

  private static Face face(Candidate candidate) {
    List<Face.Point> points = new ArrayList<>();
    for (int i = 4; i < Candidate.PLACES; i += 2) {
      points.add(new Face.Point(candidate.places()[i], candidate.places()[i + 1]));
    }
    return new Face(
        new Face.Box(candidate.left(), candidate.top(), candidate.right(), candidate.bottom()),
        points,
        candidate.score());
  }

  @Override
  public void close() {
    try {
      near.close();
    } finally {
      far.close();
    }
  }
}
