package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.testkit.GoldenModels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * What a run of the command did.
 *
 * @param status the exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Cli(int status, String out, String err) {

  /** A model for images of 26 by 22, written by real Keras. */
  static final String MODEL = GoldenModels.file("sequential_cnn.keras").toString();

  /** Runs the command as if its streams were files. */
  static Cli run(String... args) {
    return run(false, args);
  }

  /** Runs the command, on a terminal or not. */
  static Cli run(boolean terminal, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), terminal, terminal);
    return new Cli(Main.run(console, args), out.toString(), err.toString());
  }

  /** Runs {@code classify} with the golden model on the interpreter. */
  static Cli classify(Object... args) {
    List<String> all =
        new ArrayList<>(List.of("classify", "--model", MODEL, "--backend", "interpreter"));
    for (Object arg : args) {
      all.add(arg.toString());
    }
    return run(all.toArray(String[]::new));
  }

  /** Checks that it failed with one line on standard error and nothing on standard output. */
  void saysOnly(String... parts) {
    assertThat(status).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err).startsWith("unmask: ").hasLineCount(1);
    for (String part : parts) {
      assertThat(err).contains(part);
    }
  }

  /** The lines of standard output. */
  List<String> lines() {
    return out.lines().toList();
  }

  /** Runs {@code classify} with the bundled default, which is the tests' own, likewise. */
  static Cli classifyByDefault(Object... args) {
    List<String> all = new ArrayList<>(List.of("classify", "--backend", "interpreter"));
    for (Object arg : args) {
      all.add(arg.toString());
    }
    return run(all.toArray(String[]::new));
  }

  /** Writes a small picture of the given format, 40 pixels wide and 30 high. */
  static Path image(Path file, String format) throws IOException {
    return image(file, format, 40, 30);
  }

  /** Writes a small picture of the given format and size. */
  static Path image(Path file, String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillOval(5, 5, 20, 20);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return Files.write(file, bytes.toByteArray());
  }
}
