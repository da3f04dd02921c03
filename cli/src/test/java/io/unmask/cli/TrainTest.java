package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.training.report.History;
import io.unmask.training.run.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes before a training, and what is said of one; no engine that trains is here. */
class TrainTest {

  @TempDir Path folder;

  @BeforeEach
  void writeADataSet() throws IOException {
    Files.createDirectories(folder.resolve("real"));
    Files.createDirectories(folder.resolve("fake"));
    Cli.image(folder.resolve("real/a.png"), "png");
    Cli.image(folder.resolve("fake/b.png"), "png");
  }

  private Cli train(String... options) {
    String[] all = new String[options.length + 5];
    all[0] = "train";
    all[1] = "--data";
    all[2] = folder.toString();
    all[3] = "--out";
    all[4] = folder.resolve("out").toString();
    System.arraycopy(options, 0, all, 5, options.length);
    return Cli.run(all);
  }

  @Test
  void withoutAnArchitectureItIsOneThatFits() {
    Console console =
        new Console(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false, false);
    TrainCommand command = new TrainCommand(console);
    assertThat(new TrainingRun(console, command).architecture().key()).isEqualTo("high-pass");
    command.weights = folder.resolve("xception.h5");
    assertThat(new TrainingRun(console, command).architecture().key()).isEqualTo("xception");
    command.architecture = "cnn";
    assertThat(new TrainingRun(console, command).architecture().key()).isEqualTo("cnn");
  }

  @Test
  void withoutAnEngineThatTrainsTheDependencyIsNamed() {
    train().err().lines().forEach(line -> assertThat(line).doesNotContain("Exception"));
    assertThat(train().err())
        .contains("no backend that can train", "io.unmask:unmask-tensorflow-cpu");
    assertThat(train("--backend", "interpreter").err())
        .contains("backend 'interpreter' cannot train", "io.unmask:unmask-tensorflow-cpu");
    assertThat(train().status()).isEqualTo(2);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--architecture mobilenet | there is no architecture 'mobilenet'; choose one of xception,",
        "--plan three-phase | there is no plan 'three-phase'; choose two-phase,",
        "--augmentation cutmix | there is no augmentation 'cutmix'; choose one of none,",
        "--architecture cnn --epochs 3,4 | plan single-phase has 1 phase(s), but there are 2 epochs",
        "--architecture cnn --epochs 0 | a phase has at least 1 epoch, not 0",
        "--learning-rate -1 | a learning rate is positive, not -1.0",
        "--batch 0 | a batch of 0",
        "--threshold-at-fpr 0.01 | --threshold-at-fpr and --decide-without are for what --calibrate fits",
        "--decide-without ffhq | --threshold-at-fpr and --decide-without are for what --calibrate",
        "--remade-share 0.3 | --remade-share is for photographs that --remade names",
        "--remade r | --remade is for folds by source; add --group-by-source",
        "--remade r --group-by-source --faces crop | --remade is for images as they are",
        "--architecture taps | architecture taps needs a trunk and layers of it: --weights",
        "--taps mixed0 | --taps is for architecture taps, not for high-pass",
        "--architecture taps --weights a --taps b --pooling max | there is no pooling 'max'",
        "--architecture taps --weights a --taps b --trunk-range 7 | there is no range '7'",
        "--l2 -1 | L2 is a factor of at least 0, not -1.0",
        "--stratified --group-by-source | --stratified and --group-by-source contradict each other",
      })
  void whatCannotBeIsRefusedBeforeAnyImageIsRead(String options, String message) {
    train(options.split(" ")).saysOnly(message);
  }

  @Test
  void dataThatIsNotThereIsNamed() {
    Cli.run("train", "--data", folder.resolve("none").toString())
        .saysOnly("none", "there is no such folder", "'real' and 'fake'");
  }

  @Test
  void anEpochIsALine() {
    StringWriter err = new StringWriter();
    Console console =
        new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false, false);
    TrainingListener.Position position = new TrainingListener.Position(2, 1, 3, 20);
    try (TrainingProgress progress = new TrainingProgress(console)) {
      progress.begins("reading faces", 12);
      progress.step();
      progress.ends();
      progress.epochBegins(position, 4);
      progress.progress(0.7, 0.5);
      progress.step();
      progress.epochEnds(position, new History.Epoch(3, 1, 0.69, 0.51, 0.68, 0.52, 1e-3), true);
      progress.notes("something");
    }
    List<String> lines = err.toString().lines().toList();
    assertThat(lines).hasSize(3).startsWith("reading faces").endsWith("something");
    assertThat(lines.get(1))
        .matches(
            "fold 2, phase 1, epoch 3/20: loss 0\\.6900 accuracy 0\\.5100, validation loss 0\\.6800"
                + " accuracy 0\\.5200, rate 0\\.00100, best, \\d+ s left of all");
  }
}
