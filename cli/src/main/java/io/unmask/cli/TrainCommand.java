package io.unmask.cli;

import io.unmask.Faces;
import io.unmask.spi.Device;
import io.unmask.spi.ProgramOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code unmask train}. */
@Command(
    name = "train",
    description = {
      "Trains one model a fold of a cross-validation, and reports how good they are.",
      "Run again with the same options, it goes on where it was interrupted.",
    },
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {

  private final Console console;

  @Mixin DataOptions data = new DataOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The folder for fold_{n}_phase{1,2}_best_model.keras, unmask.json and the report; made if"
              + " missing; else 'trained-' and the architecture's name.")
  @Nullable Path out;

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description =
          "The network: xception, xception-mini, cnn, high-pass; backbone, a head on the model in"
              + " --weights, cut behind its last feature maps; or taps, a head on some of its layers."
              + " Else high-pass, which is small and made for traces of generators, or with --weights"
              + " xception for one, and backbone for any other model.")
  @Nullable String architecture;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Begin with the weights in a .keras or .h5 file: a Keras Xception, with or without top, or"
              + " an earlier model. For backbone and taps: any Keras model of images.")
  @Nullable Path weights;

  @Mixin TapsOptions taps = new TapsOptions();

  @Option(
      names = "--plan",
      paramLabel = "NAME",
      description =
          "two-phase: the trunk frozen, then trained; from-scratch: everything from the first"
              + " epoch, AdamW with a learning rate of one cycle; single-phase: everything, plain"
              + " Adam. Else two-phase for backbone and for Xception with --weights,"
              + " from-scratch without, and single-phase for cnn. For taps: head, a small head on a frozen trunk, or fine-tune,"
              + " where the trunk is trained as well after that. Else head.")
  @Nullable String plan;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = "The number of folds, at least 2; else 5.")
  int folds = 5;

  @Option(names = "--stratified", description = "Folds with the same share of fakes in each.")
  boolean stratified;

  @Option(
      names = "--group-by-source",
      description =
          "Folds that leave whole sources out, folders in the folders 'real' and 'fake': each source"
              + " validates in one fold only, and each fold has some of both classes. In training"
              + " sources weigh the same, whatever their number of images.")
  boolean bySource;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What all randomness comes from; else 42.")
  long seed = 42;

  @Option(
      names = "--epochs",
      paramLabel = "P1,P2",
      split = ",",
      hideParamSyntax = true,
      description =
          "The greatest number of epochs of each phase; else the plan's. 20,0 leaves the second phase"
              + " out.")
  List<Integer> epochs = List.of();

  @Option(
      names = "--learning-rate",
      paramLabel = "R1,R2",
      split = ",",
      hideParamSyntax = true,
      description = "The learning rate of each phase, the highest of a curve; else the plan's.")
  List<Double> rates = List.of();

  @Option(
      names = "--l2",
      paramLabel = "FACTOR",
      description =
          "What the squares of the head's kernels are multiplied by in the loss; else the plan's.")
  @Nullable Double l2;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "How many images a step takes; else 32.")
  @Nullable Integer batch;

  @Option(
      names = "--augmentation",
      paramLabel = "NAME",
      description =
          "none, flip, reference (flip and colours), robust (flip, JPEG, blur, rescaling) or"
              + " travelled (flip, resizing by several filters, JPEG, light); else the plan's.")
  @Nullable String augmentation;

  @Option(
      names = "--crop",
      paramLabel = "SIDE",
      description =
          "Train on random squares of each image, validate on whole ones; 0 for none; else the"
              + " architecture's.")
  @Nullable Integer crop;

  @Option(
      names = "--variants",
      paramLabel = "N",
      description = "How many augmented variants of an image a frozen trunk sees; else 5.")
  @Nullable Integer variants;

  @Option(
      names = "--remade",
      paramLabel = "DIR",
      description =
          "Photographs as a generator would have made them, DIR/SOURCE/NAME.png of"
              + " real/SOURCE/NAME.jpg: fakes to train with, each beside its photograph. They never"
              + " validate. For plans that train the trunk, with --group-by-source.")
  @Nullable Path remade;

  @Option(
      names = "--remade-share",
      paramLabel = "SHARE",
      description = "With --remade: how many photographs bring it with them; else the plan's.")
  @Nullable Double remadeShare;

  @Option(
      names = "--trunk-statistics",
      description =
          "Let the trunk's batch normalisations move their statistics when it is trained in phase"
              + " 2. The reference keeps them.")
  boolean trunkStatistics;

  @Option(
      names = "--half",
      description =
          "Store kernels in half precision: files of half the size. What the report says is then"
              + " said of those.")
  boolean half;

  @Option(
      names = "--calibrate",
      description =
          "Fit a calibration, a threshold and a band for UNCERTAIN on what each model says of the"
              + " images that it has not seen, and put them into unmask.json.")
  boolean calibrate;

  @Option(
      names = "--threshold-at-fpr",
      paramLabel = "RATE",
      description =
          "With --calibrate: the share of the unseen photographs that may be above the threshold;"
              + " else 0.01.")
  @Nullable Double falsePositives;

  @Option(
      names = "--decide-without",
      paramLabel = "SOURCE,SOURCE",
      split = ",",
      hideParamSyntax = true,
      description =
          "With --calibrate: photographs of these sources do not count for calibration, threshold"
              + " and band, such as those of a collection that users' photos are not like.")
  List<String> undecided = List.of();

  @Option(
      names = "--refit",
      description =
          "Train a last model with all images, all_images_phase{1,2}_model.keras, as the folds' were"
              + " trained. The report tells of the folds. For plans that keep the last epoch: head and"
              + " fine-tune.")
  boolean refit;

  @Option(
      names = "--mirrored",
      description =
          "Let the models look at each image mirrored as well and take the mean of both: in the"
              + " report, and, by unmask.json, ever after.")
  boolean mirrored;

  @Option(
      names = "--robustness",
      description =
          "Tell also how good the models are once unseen images were mirrored, saved as JPEG, blurred"
              + " or rescaled, and write robustness.csv.")
  boolean robustness;

  @Option(
      names = "--faces",
      paramLabel = "whole|crop",
      description =
          "Train on whole images, or on the largest face that is found in each, cut out as a detector"
              + " with the same setting does it; unmask.json then says so. Else whole.")
  Faces faces = Faces.WHOLE;

  @Option(
      names = "--margin",
      paramLabel = "M",
      description =
          "With --faces crop: how much of its surroundings a face has on each side, in lengths of its"
              + " longer side; else 0.5.")
  @Nullable Double margin;

  @Option(
      names = "--test",
      paramLabel = "DIR",
      description =
          "A folder like --data whose images take no part in the training; all models together are"
              + " tried on it, with a report in the folder 'test' below --out.")
  @Nullable Path test;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "The backend that trains; else the best available that can.")
  @Nullable String backend;

  @Option(
      names = "--device",
      paramLabel = "cpu|gpu",
      description = "The device; else the best that the backend can use.")
  Device device = Device.AUTO;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads work; else one a processor.")
  int threads;

  ProgramOptions options() {
    return new ProgramOptions(device, threads);
  }

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new TrainingRun(console, this).run();
  }
}
