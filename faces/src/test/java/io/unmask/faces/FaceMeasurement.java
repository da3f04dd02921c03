package io.unmask.faces;

import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Face;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.Photo;
import io.unmask.spi.ProgramOptions;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Measures the finder on photos that are not committed, and prints tables.
 *
 * <pre>{@code
 * recall FOLDER COUNT [LEAST MOST SIDE]
 *                         portraits pasted into scenes, their faces LEAST (60) to MOST (600) pixels high, the scenes
 *                         SIDE pixels wide and 3/4 of it high, or of a random size; the folder's index.tsv has file,
 *                         original, scale, face box
 * portraits FOLDER COUNT  how many of the portraits themselves a face is found in, by what is tried with those in which
 *                         none is found at first
 * textures                pictures without a face
 * time FILE               median and least time for a photo, and for opening
 * }</pre>
 */
final class FaceMeasurement {

  private static final JavaPreprocessor DECODER = new JavaPreprocessor();
  private static final ProgramOptions OPTIONS = new ProgramOptions(Device.CPU, 2);

  /** Two boxes are of one face if they have this share of their union in common. */
  private static final double SAME = 0.3;

  private FaceMeasurement() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    Backend backend =
        ServiceLoader.load(Backend.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(candidate -> candidate.name().equals("cpu"))
            .findFirst()
            .orElseThrow();
    switch (arguments[0]) {
      case "recall" -> {
        int[] numbers = Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
        boolean all = numbers.length > 1;
        recall(
            backend,
            Path.of(arguments[1]),
            numbers[0],
            new Sizes(all ? numbers[1] : 60, all ? numbers[2] : 600, all ? numbers[3] : 0));
      }
      case "portraits" -> alone(backend, Path.of(arguments[1]), Integer.parseInt(arguments[2]));
      case "textures" -> textures(backend);
      case "time" -> time(backend, Path.of(arguments[1]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static FaceFinder.Search search(Backend backend, SearchPlan plan) {
    return new BlazeFaceSearch(
        new LazyNetwork(() -> FaceNetwork.open(FaceModel.SHORT_RANGE, backend, OPTIONS)),
        new LazyNetwork(() -> FaceNetwork.open(FaceModel.FULL_RANGE, backend, OPTIONS)),
        plan);
  }

  private static List<SearchPlan> plans() {
    List<SearchPlan> plans = new ArrayList<>();
    plans.add(SearchPlan.DEFAULT);
    plans.add(new SearchPlan(0.5, 0.8, 0.7, 2, false, List.of(0.5, 0.3), 0.75));
    plans.add(new SearchPlan(0.5, 0.85, 0.8, 2, false, List.of(0.5, 0.3), 0.75));
    return plans;
  }

  private record Portrait(Path file, Face.Box box) {
    /** The name of the folder, which is where it is from. */
    String source() {
      return String.valueOf(file.getParent().getFileName());
    }
  }

  /** Of faces and scenes, in pixels; a side of 0 means scenes of random sizes. */
  private record Sizes(double least, double most, int side) {

    /** A face's height: as many small ones as large. */
    double face(Random random) {
      return least * Math.pow(most / least, random.nextDouble());
    }
  }

  private static List<Portrait> portraits(Path folder) throws IOException {
    List<Portrait> portraits = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("index.tsv"))) {
      String[] columns = line.split("\t", -1);
      if (columns[0].endsWith(".jpg")) {
        double[] box =
            Arrays.stream(columns[3].split(",")).mapToDouble(Double::parseDouble).toArray();
        portraits.add(
            new Portrait(folder.resolve(columns[0]), new Face.Box(box[0], box[1], box[2], box[3])));
      }
    }
    return portraits;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Scene(byte[] jpeg, Face.Box box, String kind, String source) {}

  /** A portrait on a texture, its face so many pixels high, stored as EXIF's orientation asks. */
  private static Scene scene(Portrait portrait, Sizes sizes, int number, Random random)
      throws IOException {
    double size = sizes.face(random);
    BufferedImage face = ImageIO.read(portrait.file().toFile());
    double scale = size / portrait.box().height();
    int width = (int) Math.round(face.getWidth() * scale);
    int height = (int) Math.round(face.getHeight() * scale);
    int side = sizes.side();
    int sceneWidth = side > 0 ? side : width + 50 + random.nextInt(1500);
    int sceneHeight = side > 0 ? side * 3 / 4 : height + 50 + random.nextInt(1200);
    int x = random.nextInt(sceneWidth - width + 1);
    int y = random.nextInt(sceneHeight - height + 1);
    BufferedImage scene = new BufferedImage(sceneWidth, sceneHeight, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = scene.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    pen.drawImage(Textures.picture(number % Textures.COUNT), 0, 0, sceneWidth, sceneHeight, null);
    pen.drawImage(shrunk(face, width, height), x, y, width, height, null);
    pen.dispose();
    Face.Box box =
        new Face.Box(
            portrait.box().left() * scale + x,
            portrait.box().top() * scale + y,
            portrait.box().right() * scale + x,
            portrait.box().bottom() * scale + y);
    int orientation = 1 + random.nextInt(8);
    return new Scene(
        Jpegs.encode(Jpegs.stored(scene, orientation), orientation),
        box,
        kind(portrait, face, size),
        portrait.source());
  }

  /** By size, and by whether the portrait's edge cuts the face. */
  private static String kind(Portrait portrait, BufferedImage face, double size) {
    Face.Box box = portrait.box();
    boolean cut =
        box.left() < 0
            || box.top() < 0
            || box.right() > face.getWidth()
            || box.bottom() > face.getHeight();
    return "%s %3d+".formatted(cut ? "cut  " : "whole", bucket(size));
  }

  /** Halved as long as it is more than twice as large, so that no pixel is skipped. */
  private static BufferedImage shrunk(BufferedImage image, int width, int height) {
    BufferedImage now = image;
    while (now.getWidth() > 2 * width && now.getHeight() > 2 * height) {
      BufferedImage half =
          new BufferedImage(now.getWidth() / 2, now.getHeight() / 2, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D pen = half.createGraphics();
      pen.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      pen.drawImage(now, 0, 0, half.getWidth(), half.getHeight(), null);
      pen.dispose();
      now = half;
    }
    return now;
  }

  private static void recall(Backend backend, Path folder, int count, Sizes sizes)
      throws IOException {
    Random random = new Random(1);
    List<Portrait> portraits = portraits(folder);
    Collections.shuffle(portraits, random);
    List<Scene> scenes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scenes.add(scene(portraits.get(i), sizes, i, random));
    }
    for (SearchPlan plan : plans()) {
      TreeMap<String, int[]> byKind = new TreeMap<>();
      TreeMap<String, Integer> missed = new TreeMap<>();
      try (FaceFinder.Search search = search(backend, plan)) {
        for (Scene scene : scenes) {
          Photo photo = DECODER.decode(scene.jpeg(), "scene", true);
          int[] row = byKind.computeIfAbsent(scene.kind(), kind -> new int[3]);
          boolean hit = false;
          for (Face face : search.find(photo)) {
            if (overlap(face.box(), scene.box()) > SAME) {
              hit = true;
            } else {
              row[2]++;
            }
          }
          if (!hit) {
            missed.merge(scene.source(), 1, Integer::sum);
          }
          row[0]++;
          row[1] += hit ? 1 : 0;
        }
      }
      System.out.println(plan);
      byKind.forEach(
          (kind, row) ->
              System.out.printf(
                  "  %s pixels: %d of %d found, %d found wrongly%n", kind, row[1], row[0], row[2]));
      System.out.println("  missed by source: " + missed);
    }
  }

  private static List<SearchPlan> apart() {
    List<SearchPlan> plans = new ArrayList<>();
    for (List<Double> shares : List.of(List.<Double>of(), List.of(0.5), List.of(0.5, 0.3))) {
      for (double least : new double[] {0.75, 0.65, 0.6, 0.55}) {
        plans.add(new SearchPlan(0.5, 0.8, 0.75, 2, false, shares, least));
      }
    }
    return plans;
  }

  private static void alone(Backend backend, Path folder, int count) throws IOException {
    List<Portrait> portraits = portraits(folder);
    Collections.shuffle(portraits, new Random(1));
    for (SearchPlan plan : apart()) {
      int found = 0;
      int same = 0;
      try (FaceFinder.Search search = search(backend, plan)) {
        for (Portrait portrait : portraits.subList(0, count)) {
          List<Face> faces = search.find(DECODER.decode(ImageIO.read(portrait.file().toFile())));
          found += faces.isEmpty() ? 0 : 1;
          same +=
              faces.stream().anyMatch(face -> overlap(face.box(), portrait.box()) > SAME) ? 1 : 0;
        }
      }
      System.out.printf(
          "apart %s, %.2f: of %d a face in %d, where it should be in %d%n",
          plan.apart(), plan.confirmedApart(), count, found, same);
    }
  }

  private static int bucket(double size) {
    return size < 80 ? 60 : size < 120 ? 80 : size < 200 ? 120 : size < 350 ? 200 : 350;
  }

  private static double overlap(Face.Box a, Face.Box b) {
    double width = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
    double height = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
    double common = Math.max(width, 0) * Math.max(height, 0);
    double union = a.width() * a.height() + b.width() * b.height() - common;
    return common / union;
  }

  private static void textures(Backend backend) {
    for (SearchPlan plan : Stream.concat(plans().stream(), apart().stream()).toList()) {
      List<String> found = new ArrayList<>();
      try (FaceFinder.Search search = search(backend, plan)) {
        for (int i = 0; i < 2 * Textures.COUNT; i++) {
          for (Face face : search.find(DECODER.decode(Textures.picture(i)))) {
            found.add("%d (%.2f)".formatted(i, face.score()));
          }
        }
      }
      System.out.println(plan + ": " + found.size() + " " + found);
    }
  }

  private static void time(Backend backend, Path file) throws IOException {
    backend.prepare();
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      new LazyNetwork(() -> FaceNetwork.open(FaceModel.FULL_RANGE, backend, OPTIONS)).get().close();
      System.out.printf("opening %.1f ms%n", (System.nanoTime() - start) / 1e6);
    }
    byte[] bytes = Files.readAllBytes(file);
    try (FaceFinder.Search search = new BlazeFace().open(backend, OPTIONS)) {
      Photo photo = DECODER.decode(bytes, "photo", true);
      double[] times = new double[300];
      int faces = 0;
      for (int i = 0; i < times.length; i++) {
        long start = System.nanoTime();
        faces = search.find(photo).size();
        times[i] = (System.nanoTime() - start) / 1e6;
      }
      System.out.printf("first %.1f ms, ", times[0]);
      double[] warm = Arrays.copyOfRange(times, 100, times.length);
      Arrays.sort(warm);
      System.out.printf(
          "%dx%d, %d face(s): median %.2f ms, least %.2f ms%n",
          photo.width(), photo.height(), faces, warm[warm.length / 2], warm[0]);
    }
  }
}
