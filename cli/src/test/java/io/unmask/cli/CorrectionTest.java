package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is mistyped or mistaken on the command line. */
class CorrectionTest {

  @TempDir Path folder;

  @Test
  void theNearestNameIsOffered() {
    Cli.run("clasify", "face.jpg").saysOnly("'clasify'", "did you mean 'classify'?");
    Cli.run("classify", "--treshold", "0.5", "face.jpg")
        .saysOnly("--treshold", "did you mean '--threshold'?");
    Cli.run("evaluat").saysOnly("did you mean 'evaluate'?");
  }

  @Test
  void whereNoneIsNearNoneIsOffered() {
    assertThat(Cli.run("dance").err()).doesNotContain("did you mean");
    assertThat(Cli.run("classify", "--colour", "face.jpg").err()).doesNotContain("did you mean");
  }

  /** The next run would classify the copies too. */
  @Test
  void copiesDoNotGoToWhereImagesAreLookedFor() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Path face = Cli.image(photos.resolve("face.png"), "png");
    Path link = Files.createSymbolicLink(folder.resolve("link"), photos);
    for (Path copies : new Path[] {photos, photos.resolve("new/copies"), link.resolve("copies")}) {
      Cli.classify("--annotate", copies, photos)
          .saysOnly(copies.toString(), "is classified", "--annotate");
    }
    assertThat(photos.toFile().list()).containsExactly("face.png");
    // A picture by its name is another matter, and so is a folder beside.
    assertThat(Cli.classify("--annotate", folder.resolve("photos-2"), photos).status()).isZero();
    assertThat(Cli.classify("--annotate", photos, face).status()).isZero();
    assertThat(photos.resolve("face.png.png")).exists();
  }
}
