package io.unmask.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Photo;
import io.unmask.spi.ProgramOptions;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boxes, points and scores are those of TensorFlow Lite, on each backend. */
class FacesGoldenTest {

  private static final double PIXELS = 0.5;
  private static final double SCORE = 1e-3;
  private static final ProgramOptions OPTIONS = new ProgramOptions(Device.CPU, 2);

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "tensorflow"})
  void facesAreThoseOfTensorFlowLite(String backend) throws IOException {
    double[] worst = compare(backend(backend), GoldenFaces.committed());
    assertThat(worst[0]).isCloseTo(0, within(PIXELS));
    assertThat(worst[1]).isCloseTo(0, within(SCORE));
  }

  private static Backend backend(String name) {
    return ServiceLoader.load(Backend.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(candidate -> candidate.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The largest differences of a place, in pixels, and of a score. */
  private static double[] compare(Backend backend, List<GoldenFaces.Case> cases)
      throws IOException {
    double[] worst = new double[2];
    Map<FaceModel, FaceNetwork> networks = new EnumMap<>(FaceModel.class);
    try {
      for (FaceModel model : FaceModel.values()) {
        networks.put(model, FaceNetwork.open(model, backend, OPTIONS));
      }
      for (GoldenFaces.Case golden : cases) {
        List<Candidate> found = found(networks.get(golden.model()), photo(golden.picture()));
        assertThat(found).as(golden.toString()).hasSameSizeAs(golden.faces());
        for (int i = 0; i < found.size(); i++) {
          double[] expected = golden.faces().get(i);
          worst[1] = Math.max(worst[1], Math.abs(found.get(i).score() - expected[0]));
          for (int p = 0; p < Candidate.PLACES; p++) {
            double difference = Math.abs(found.get(i).places()[p] - expected[p + 1]);
            worst[0] = Math.max(worst[0], difference);
          }
        }
      }
      return worst;
    } finally {
      networks.values().forEach(FaceNetwork::close);
    }
  }

  private static List<Candidate> found(FaceNetwork network, Photo photo) {
    List<Look> look = List.of(new Look(photo.whole(), 0, network.side(), 1));
    return new ArrayList<>(Blending.blend(network.candidates(photo, look, 0.5, false).get(0)));
  }

  private static Photo photo(String picture) throws IOException {
    BufferedImage image =
        picture.contains("^") ? GoldenFaces.picture(picture) : ImageIO.read(new File(picture));
    return new JavaPreprocessor().decode(image);
  }

  /** Compares with a table that was made elsewhere: its path, then names of backends. */
  public static void main(String[] arguments) throws IOException {
    List<GoldenFaces.Case> cases = GoldenFaces.read(Files.newInputStream(Path.of(arguments[0])));
    for (int i = 1; i < arguments.length; i++) {
      double[] worst = compare(backend(arguments[i]), cases);
      System.out.printf(
          "%s: %d pictures, largest difference %.4f pixels, score %.6f%n",
          arguments[i], cases.size(), worst[0], worst[1]);
    }
  }
}
