package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {

  @TempDir Path folder;

  private Path grey() throws IOException {
    BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, 300, 200);
    graphics.setColor(Color.WHITE);
    graphics.fillOval(60, 40, 90, 90);
    graphics.dispose();
    Path file = folder.resolve("grey.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void aCopyHasTheMapOverThePictureAndTheLegendBelow() throws IOException {
    Path maps = folder.resolve("maps");
    Cli cli = Cli.classify("--explain", maps, grey());
    assertThat(cli.status()).isZero();
    assertThat(cli.lines()).hasSize(1);
    BufferedImage copy = ImageIO.read(maps.resolve("grey.png.png").toFile());
    assertThat(copy.getWidth()).isEqualTo(300);
    assertThat(copy.getHeight()).isGreaterThan(200);
    int coloured = 0;
    for (int i = 0; i < 300 * 200; i++) {
      Color colour = new Color(copy.getRGB(i % 300, i / 300));
      if (Math.abs(colour.getRed() - colour.getBlue()) > 10) {
        coloured++;
      }
    }
    assertThat(coloured).isGreaterThan(300 * 200 / 100);
    // The legend goes from blue to red.
    Color left = null;
    Color right = null;
    for (int y = 200; y < copy.getHeight(); y++) {
      Color first = new Color(copy.getRGB(1, y));
      Color last = new Color(copy.getRGB(298, y));
      if (first.getBlue() > 100 && last.getRed() > 150) {
        left = first;
        right = last;
      }
    }
    assertThat(left).isNotNull();
    assertThat(left.getBlue()).isGreaterThan(left.getRed());
    assertThat(right.getRed()).isGreaterThan(right.getBlue());
  }

  @Test
  void nothingIsOverwrittenAndNothingHalfWrittenIsLeft() throws IOException {
    Path face = grey();
    for (int i = 0; i < 2; i++) {
      Cli cli = Cli.classify("--explain", folder, face);
      assertThat(cli.status()).isZero();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("grey.png", "grey.png.png", "grey.png-2.png");
    }
  }

  @Test
  void aFileThatIsNoImageIsReportedOnce() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jpg"), "no image");
    Path maps = folder.resolve("maps");
    Cli cli = Cli.classify("--explain", maps, broken);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.err()).hasLineCount(1);
    assertThat(maps).isEmptyDirectory();
  }

  @Test
  void aVerdictIsSaidInSentencesIfThatIsAskedFor() throws IOException {
    Path face = grey();
    Cli text = Cli.classify("--summary", face);
    assertThat(text.lines()).hasSize(2);
    assertThat(text.lines().get(1)).startsWith("    The model ").endsWith("it is no proof.");
    Cli json = Cli.classify("--summary", "--format", "json", face);
    assertThat(json.out())
        .contains("\"summary\":\"The model ", "No claim about how it was made came with it");
    Cli.classify("--summary", "--format", "csv", face).saysOnly("--summary", "--format json");
    assertThat(Cli.classify("--format", "json", face).out()).doesNotContain("summary");
  }
}
