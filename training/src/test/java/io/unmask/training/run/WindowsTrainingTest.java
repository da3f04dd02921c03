package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.unmask.json.Json;
import io.unmask.keras.KerasReader;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelFolder;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.spi.Device;
import io.unmask.spi.ProgramOptions;
import io.unmask.training.data.CrossValidation;
import io.unmask.training.data.FaceFolders;
import io.unmask.training.data.FaceSet;
import io.unmask.training.data.RemadePhotos;
import io.unmask.training.plan.Architecture;
import io.unmask.training.plan.Plan;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A training whose files are all on a Windows-like file system that is not the default one. */
class WindowsTrainingTest {

  private static final int IMAGES = 8;
  private static final Architecture TINY =
      Architecture.builder("tiny", initializer -> tiny(), Plan.fromScratch())
          .trunk(new Architecture.Trunk("trunk/", "trunk/pool"))
          .build();

  private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
  private final Path data = windows.getPath("C:\\data");
  private final Path out = windows.getPath("C:\\out");
  private final PlainBackend backend = new PlainBackend();

  private static Network tiny() {
    Network.Builder builder = Network.builder("tiny");
    int x = builder.add("input", new Layer.Input(Shape.of(8, 8, 3)));
    x = builder.add("trunk/pool", new Layer.GlobalAveragePooling2D(false), x);
    Layer dense =
        new Layer.Dense(
            Weights.of(Shape.of(3, 1), 0.1f, 0.2f, -0.3f), Weights.vector(0), Activations.SIGMOID);
    return builder.build(builder.add("dense", dense, x));
  }

  /** Reddish images are real, bluish ones fake, and those of one folder below are a source. */
  @BeforeEach
  void drawFaces() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < IMAGES; i++) {
      int shade = 100 + random.nextInt(100);
      draw(data.resolve("real\\" + (i < 4 ? "ffhq\\" : "") + i + ".png"), shade << 16);
      draw(data.resolve("fake\\" + i + ".png"), shade);
    }
  }

  @AfterEach
  void close() throws IOException {
    windows.close();
  }

  private static void draw(Path file, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < 64; pixel++) {
      image.setRGB(pixel % 8, pixel / 8, rgb);
    }
    Files.createDirectories(file.getParent());
    try (OutputStream stream = Files.newOutputStream(file)) {
      ImageIO.write(image, "png", stream);
    }
  }

  private TrainingSettings settings(FaceSet faces) {
    return TrainingSettings.builder(faces, out, TINY, backend)
        .plan(
            Plan.twoPhase().withEpochs(List.of(2, 1)).withRates(List.of(0.5, 0.1)).withVariants(1))
        .folds(CrossValidation.shuffled(2, 42))
        .options(new ProgramOptions(Device.CPU, 2))
        .build();
  }

  @Test
  void aTrainingWritesItsModelsItsManifestAndItsReport() throws IOException {
    FaceSet faces = FaceFolders.in(data).list();
    assertThat(faces.images()).extracting(image -> image.source()).contains("ffhq", "real", "fake");
    new Training(settings(faces), TrainingListener.NONE).run();
    Manifest manifest = ManifestFile.read(ModelFolder.of(out)).orElseThrow();
    for (String member : manifest.members()) {
      assertThat(KerasReader.read(out.resolve(member)).parameters()).isEqualTo(4);
    }
    assertThat(manifest.members()).hasSize(2);
    assertThat(ImageIO.read(Files.newInputStream(out.resolve("roc.png")))).isNotNull();
    assertThat(Files.readString(out.resolve("predictions.csv")))
        .contains("C:\\data\\real\\ffhq\\0.png");
    assertThat(Json.parse(Files.readAllBytes(out.resolve("metrics.json"))).has("pooled")).isTrue();
    try (Stream<Path> files = Files.walk(out)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
    }
  }

  @Test
  void itGoesOnWhereItWasAndRefusesOtherImages() throws IOException {
    FaceSet faces = FaceFolders.in(data).list();
    new Training(settings(faces), TrainingListener.NONE).run();
    int sessions = backend.sessions;
    new Training(settings(faces), TrainingListener.NONE).run();
    assertThat(backend.sessions).isEqualTo(sessions);
    draw(data.resolve("fake\\3.png"), 0x123456);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> new Training(settings(faces), TrainingListener.NONE).run())
        .withMessageContainingAll("C:\\out", "fake\\3.png has changed", "--out");
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    assertThat(FaceFolders.in(data).named("real", "none").real()).hasToString("C:\\data\\real");
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> FaceFolders.in(data).named("real", "none").list())
        .withMessageStartingWith("C:\\data\\none: there is no such folder");
  }

  @Test
  void whatWasMadeOfAPhotographIsFoundByItsPath() throws IOException {
    draw(windows.getPath("C:\\remade\\ffhq\\2.png"), 0x100000);
    FaceSet faces = FaceFolders.in(data).list();
    FaceSet with = RemadePhotos.add(faces, data.resolve("real"), windows.getPath("C:\\remade"));
    assertThat(with.images())
        .filteredOn(image -> image.remade().isPresent())
        .singleElement()
        .satisfies(image -> assertThat(image.file()).hasToString("C:\\data\\real\\ffhq\\2.png"));
  }
}
