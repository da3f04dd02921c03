package io.unmask.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.unmask.error.BackendException;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Face;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.Photo;
import io.unmask.spi.ProgramOptions;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlazeFaceTest {

  private static final JavaPreprocessor DECODER = new JavaPreprocessor();

  /** The astronaut's face in the golden photo, as Python finds it there (faces.tsv). */
  private static final Face.Box ASTRONAUT = new Face.Box(174, 70, 279, 175);

  private static FaceFinder.Search search;

  @BeforeAll
  static void open() {
    search = opened();
  }

  @AfterAll
  static void close() {
    search.close();
  }

  private static FaceFinder.Search opened() {
    Backend cpu =
        ServiceLoader.load(Backend.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(backend -> backend.name().equals("cpu"))
            .findFirst()
            .orElseThrow();
    return new BlazeFace().open(cpu, new ProgramOptions(Device.CPU, 2));
  }

  @Test
  void isFoundOnTheClassPath() {
    assertThat(ServiceLoader.load(FaceFinder.class))
        .singleElement()
        .isInstanceOf(BlazeFace.class)
        .extracting(FaceFinder::name)
        .isEqualTo("blazeface");
  }

  @Test
  void aFaceHasABoxAndSixPoints() throws IOException {
    List<Face> faces = find(astronaut());
    assertThat(faces).hasSize(1);
    Face face = faces.get(0);
    assertNear(face.box(), ASTRONAUT, 8);
    assertThat(face.score()).isGreaterThan(0.9);
    assertThat(face.points()).hasSize(6);
    assertThat(face.points().get(0).x()).as("right eye").isCloseTo(205, within(6.0));
    assertThat(face.points().get(1).x()).as("left eye").isCloseTo(248, within(6.0));
    assertThat(face.points().get(3).y()).as("mouth").isGreaterThan(face.points().get(2).y());
  }

  @Test
  void anEngineThatComputesNonsenseIsAnErrorAndNoPhotoWithoutFaces() throws IOException {
    try (FaceFinder.Search broken =
        new BlazeFace().open(new NanBackend(), new ProgramOptions(Device.CPU, 1))) {
      Photo photo = DECODER.decode(astronaut());
      assertThatExceptionOfType(BackendException.class)
          .isThrownBy(() -> broken.find(photo))
          .withMessageStartingWith("backend 'nan' puts out NaN where the faces of a photo");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void facesAreFoundInAPhotoThatLiesOnItsSide(int quarters) throws IOException {
    BufferedImage image = astronaut();
    Face.Box box = ASTRONAUT;
    for (int i = 0; i < quarters; i++) {
      image = GoldenFaces.turned(image);
      box = new Face.Box(512 - box.bottom(), box.left(), 512 - box.top(), box.right());
    }
    List<Face> faces = find(image);
    assertThat(faces).hasSize(1);
    assertNear(faces.get(0).box(), box, 15);
  }

  @Test
  void everyFaceOfSeveralIsFoundOnceTheSurestFirst() throws IOException {
    BufferedImage canvas = canvas(1500, 700);
    paste(canvas, 0, 0, 512, 512);
    paste(canvas, 600, 250, 400, 400);
    paste(canvas, 1100, 20, 300, 300);
    List<Face> faces = find(canvas);
    assertThat(faces).hasSize(3);
    assertThat(faces).extracting(Face::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(faces).anySatisfy(face -> assertNear(face.box(), ASTRONAUT, 20));
  }

  @Test
  void smallFacesInALargePhotoAreFoundAtASecondLook() throws IOException {
    BufferedImage canvas = canvas(3000, 2000);
    paste(canvas, 2300, 1500, 400, 400); // a face of 82 pixels: 5 of the 192 that a network sees
    List<Face> faces = find(canvas);
    assertThat(faces).hasSize(1);
    double scale = 400.0 / 512;
    assertNear(
        faces.get(0).box(),
        new Face.Box(
            2300 + scale * ASTRONAUT.left(),
            1500 + scale * ASTRONAUT.top(),
            2300 + scale * ASTRONAUT.right(),
            1500 + scale * ASTRONAUT.bottom()),
        12);
  }

  @Test
  void aFaceThatTheBorderCutsIsFound() throws IOException {
    BufferedImage part = astronaut().getSubimage(200, 40, 300, 300); // the right eye is near it
    List<Face> faces = find(part);
    assertThat(faces).hasSize(1);
    assertThat(faces.get(0).box().left()).isLessThan(5);
  }

  @Test
  void aFaceThatFillsThePictureIsFound() throws IOException {
    List<Face> faces = find(astronaut().getSubimage(188, 78, 78, 92)); // from brow to chin
    assertThat(faces).hasSize(1);
    assertNear(faces.get(0).box(), new Face.Box(-14, -8, 91, 97), 15);
  }

  @Test
  void nothingIsFoundInPicturesWithoutAFace() {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < Textures.COUNT; i++) {
      if (!find(Textures.picture(i)).isEmpty()) {
        found.add(i);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void picturesOfAFewPixelsHaveNoFace() {
    assertThat(find(canvas(1, 1))).isEmpty();
    assertThat(find(canvas(3000, 1))).isEmpty();
    assertThat(find(canvas(1, 3000))).isEmpty();
  }

  @Test
  void fourThreadsFindWhatOneFinds() throws Exception {
    Photo photo = DECODER.decode(astronaut());
    List<Face> expected = search.find(photo);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Face>>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        results.add(threads.submit(() -> search.find(photo)));
      }
      for (Future<List<Face>> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aClosedSearchFindsNothingMoreAndMayBeClosedAgain() throws IOException {
    FaceFinder.Search closed = opened();
    closed.close();
    closed.close();
    Photo photo = DECODER.decode(astronaut());
    assertThatIllegalStateException().isThrownBy(() -> closed.find(photo));
  }

  private static List<Face> find(BufferedImage image) {
    return search.find(DECODER.decode(image));
  }

  private static BufferedImage astronaut() throws IOException {
    return GoldenFaces.picture("0,0,512,512*1@0,0/512,512,0^0");
  }

  private static BufferedImage canvas(int width, int height) {
    BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = canvas.createGraphics();
    pen.setColor(new java.awt.Color(120, 130, 110));
    pen.fillRect(0, 0, width, height);
    pen.dispose();
    return canvas;
  }

  private static void paste(BufferedImage canvas, int x, int y, int width, int height)
      throws IOException {
    Graphics2D pen = canvas.createGraphics();
    pen.drawImage(astronaut(), x, y, width, height, null);
    pen.dispose();
  }

  private static void assertNear(Face.Box box, Face.Box expected, double pixels) {
    assertThat(box.left()).isCloseTo(expected.left(), within(pixels));
    assertThat(box.top()).isCloseTo(expected.top(), within(pixels));
    assertThat(box.right()).isCloseTo(expected.right(), within(pixels));
    assertThat(box.bottom()).isCloseTo(expected.bottom(), within(pixels));
  }
}
