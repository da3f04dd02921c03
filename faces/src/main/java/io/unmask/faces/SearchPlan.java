package io.unmask.faces;

import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * Where faces are looked for, and what counts as one. The values were chosen by measurement, see
 * docs/faces.md.
 *
 * @param possible from this score on something may be a face, which a look at it alone confirms
 * @param sure from this score on it is one without that
 * @param confirmed the least score in the look at it alone
 * @param surroundings how much of the photo that look shows, in sides of the face
 * @param everyPixel whether shrinking counts every pixel of a photo
 * @param apart how large a photo is shown, as shares of the square one after the other, in which
 *     nothing was found otherwise: of a face that fills it, or that its border cuts, the networks
 *     see more where there is room around it
 * @param confirmedApart the least score of such a face
 */
record SearchPlan(
    double possible,
    double sure,
    double confirmed,
    double surroundings,
    boolean everyPixel,
    List<Double> apart,
    double confirmedApart) {

  static final SearchPlan DEFAULT =
      new SearchPlan(0.5, 0.8, 0.75, 2, false, List.of(0.5, 0.3), 0.75);

  /** So many possible faces are looked at alone at most, the surest first. */
  static final int MAX_DOUBTS = 16;

  /** The least overlap of a face with itself at a second look. */
  private static final double SAME = 0.3;

  /** The order in which quarters are tried where nothing was found. */
  static final List<Integer> TURNS = List.of(1, 3, 2);

  /** Faces that are smaller than this share of the photo are seldom alone. */
  private static final double SMALL = 1.0 / 8;

  /** A part of this side shows faces of 30 pixels; smaller ones tell little. */
  private static final int LEAST_TILE = 480;

  /** How many parts the longer side is cut into, one way after the other. */
  private static final List<Integer> CUTS = List.of(2, 4, 8);

  /** How much of a part belongs to its neighbour as well. */
  private static final double SHARED = 1.0 / 3;

  /** The least score of a face in a look at it alone, where the photo is shown so large. */
  double confirmed(double share) {
    return share < 1 ? confirmedApart : confirmed;
  }

  boolean worthACloserLook(Photo photo, List<Candidate> faces) {
    double small = SMALL * Math.max(photo.width(), photo.height());
    return faces.stream().allMatch(face -> face.side() < small);
  }

  /** Whether one of the faces, which are sorted, is sure. */
  boolean isSure(List<Candidate> faces) {
    return !faces.isEmpty() && faces.get(0).score() >= sure;
  }

  boolean isSame(Candidate face, Candidate again) {
    return face.overlap(again) > SAME;
  }

  /** A face with its surroundings, as far as the photo has them. */
  Region around(Candidate face, Photo photo) {
    double half = Math.max(face.side(), 1) * surroundings / 2;
    double x = (face.left() + face.right()) / 2;
    double y = (face.top() + face.bottom()) / 2;
    int left = between(x - half, photo.width() - 1);
    int top = between(y - half, photo.height() - 1);
    int right = between(x + half, photo.width());
    int bottom = between(y + half, photo.height());
    return new Region(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }

  private static int between(double place, int last) {
    return (int) Math.max(0, Math.min(last, Math.round(place)));
  }

  /** Overlapping squares that cover the photo, from larger to smaller ones. */
  List<List<Region>> tiles(Photo photo) {
    List<List<Region>> tiles = new ArrayList<>();
    int longest = Math.max(photo.width(), photo.height());
    for (int cuts : CUTS) {
      int side = (int) Math.ceil(longest / (cuts - (cuts - 1) * SHARED));
      if (side >= LEAST_TILE) {
        tiles.add(cover(photo, side));
      }
    }
    return tiles;
  }

  private static List<Region> cover(Photo photo, int side) {
    List<Region> tiles = new ArrayList<>();
    int height = Math.min(side, photo.height());
    int width = Math.min(side, photo.width());
    for (int top : starts(photo.height(), height)) {
      for (int left : starts(photo.width(), width)) {
        tiles.add(new Region(left, top, width, height));
      }
    }
    return tiles;
  }

  /** Where parts of a length begin that cover all with at least {@link #SHARED} in common. */
  private static List<Integer> starts(int all, int length) {
    int count = 1 + (int) Math.ceil((all - length) / (length * (1 - SHARED)) - 1e-6);
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      starts.add(count == 1 ? 0 : (int) ((long) (all - length) * i / (count - 1)));
    }
    return starts;
  }

  /** Whether a face in a part of a photo is not cut where the photo goes on. */
  boolean isWhole(Candidate face, Region part, Photo photo) {
    return (face.left() >= part.left() || part.left() == 0)
        && (face.top() >= part.top() || part.top() == 0)
        && (face.right() <= part.right() || part.right() == photo.width())
        && (face.bottom() <= part.bottom() || part.bottom() == photo.height());
  }
}
