package io.unmask.model;

import io.unmask.error.ModelFormatException;
import io.unmask.files.FileFault;
import io.unmask.keras.KerasReader;
import io.unmask.keras.ModelAsFolder;
import io.unmask.network.Network;
import io.unmask.spi.Convention;
import io.unmask.spi.Conventions;
import io.unmask.spi.FusionRule;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Reads one model file, and the manifest beside it. */
public final class ModelFile {

  private static final List<String> EXTENSIONS = List.of(".keras", ".h5", ".hdf5");

  private ModelFile() {}

  /**
   * Reads a model.
   *
   * @param file a {@code .keras} or {@code .h5} file
   * @param fakeClass the class that means fake, if the user said so; else the manifest decides, and
   *     else it is 1
   * @throws ModelFormatException if the file or its manifest is missing, damaged, or the network is
   *     no classifier of colour images
   * @throws io.unmask.error.UnsupportedLayerException if it uses a layer that is not supported
   * @throws IllegalArgumentException if it has no such class as the user said
   */
  public static Model read(Path file, OptionalInt fakeClass) {
    return read(file, new Asked(fakeClass, Conventions.NONE));
  }

  /**
   * Reads a model.
   *
   * @param file a {@code .keras} or {@code .h5} file
   * @param asked what the user says; else the manifest decides, else the network, else the
   *     reference
   * @throws ModelFormatException if the file or its manifest is missing, damaged, or the network is
   *     no classifier of images
   * @throws io.unmask.error.UnsupportedLayerException if it uses a layer that is not supported
   * @throws IllegalArgumentException if it is no such network as the user says
   */
  public static Model read(Path file, Asked asked) {
    if (Files.isDirectory(file)) {
      throw new ModelFormatException(
          file + ": " + ModelAsFolder.advice(file).orElse("a folder, expected a model file"));
    }
    return read(ModelLocation.of(file), asked);
  }

  /** Reads a model, as {@link #read(Path, Asked)} does, wherever it lies. */
  public static Model read(ModelLocation file, Asked asked) {
    return read(file, asked, () -> file.folder().network(file.name()));
  }

  /**
   * Reads a model.
   *
   * @param whole reads the file if it is a whole model
   */
  static Model read(ModelLocation file, Asked asked, Supplier<Network> whole) {
    ModelSettings settings = file.settings(); // before the network, which takes longer to read
    Optional<WeightsOfArchitecture> weights = WeightsOfArchitecture.of(file, asked, settings);
    Network network = weights.map(each -> each.network(file)).orElseGet(whole);
    return model(
        file,
        network,
        settings,
        asked,
        weights.map(WeightsOfArchitecture::convention).stream().toList());
  }

  /**
   * The model files in a folder, sorted by name. Files that hold weights alone are left out, unless
   * a manifest or a JSON beside them says of which architecture, or there is nothing else.
   *
   * @throws ModelFormatException if the folder cannot be read, or is itself one model in a form
   *     that is not read
   */
  public static List<Path> in(Path folder) {
    List<Path> all = all(folder);
    if (all.stream().allMatch(ModelAsFolder::isPart)) {
      ModelAsFolder.advice(folder)
          .ifPresent(
              advice -> {
                throw new ModelFormatException(folder + ": " + advice);
              });
    }
    List<Path> models = new ArrayList<>(all);
    models.removeAll(weightsOnly(all));
    return models.isEmpty() ? all : models;
  }

  /**
   * The files that {@link #in} leaves out, because they hold weights alone, sorted by name.
   *
   * @throws ModelFormatException if the folder cannot be read
   */
  public static List<Path> leftOut(Path folder) {
    List<Path> all = all(folder);
    List<Path> weights = weightsOnly(all);
    return weights.size() == all.size() ? List.of() : weights;
  }

  private static List<Path> weightsOnly(List<Path> files) {
    return files.size() < 2
        ? List.of()
        : files.stream()
            .filter(file -> !hasName(file, ".keras")) // which is always a whole model
            .filter(file -> !WeightsOfArchitecture.isSaid(ModelLocation.of(file)))
            .filter(KerasReader::holdsWeightsOnly)
            .toList();
  }

  private static List<Path> all(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, ModelFile::hasName)) {
      entries.forEach(files::add);
    } catch (IOException | DirectoryIteratorException e) {
      throw new ModelFormatException(
          folder + ": the folder cannot be read: " + FileFault.reason(e), e);
    }
    Collections.sort(files);
    return files;
  }

  static Model model(ModelLocation file, Network network, ModelSettings settings, Asked asked) {
    return model(file, network, settings, asked, List.of());
  }

  private static Model model(
      ModelLocation file,
      Network network,
      ModelSettings settings,
      Asked asked,
      List<Convention> known) {
    Classifier.check(file.toString(), network, settings.views().orElse(Views.WHOLE_IMAGE));
    settings.inputSize().ifPresent(size -> check(file, network, size));
    FakeClass fake = FakeClass.of(file, network, asked, settings);
    ConventionChoice.Chosen chosen =
        ConventionChoice.of(file, network, asked.conventions(), settings);
    List<Convention> conventions = new ArrayList<>(known);
    conventions.addAll(chosen.conventions());
    conventions.add(fake.convention());
    List<Member> members = members(file, network, chosen.views(), fake.index());
    Model.Builder model =
        Model.builder(file.name(), network, chosen.input(), members)
            .views(chosen.views())
            .fusion(members.size() == 1 ? FusionRule.SINGLE : FusionRule.MEAN_LOGIT)
            .uncertainty(new Uncertainty(settings.band(), OptionalDouble.empty()))
            .conventions(conventions);
    settings.mirrored().ifPresent(model::mirrored);
    settings.calibration().ifPresent(model::calibration);
    settings.threshold().ifPresent(model::threshold);
    settings.expectation().ifPresent(model::expectation);
    settings.precision().ifPresent(model::precision);
    settings.ranges().ifPresent(model::ranges);
    return model.build();
  }

  /** One, or one for each output if views have their own. */
  private static List<Member> members(
      ModelLocation file, Network network, Views views, int fakeClass) {
    if (views.outputs().isEmpty()) {
      return List.of(new Member(file.name(), fakeClass, network.parameters()));
    }
    List<Member> members = new ArrayList<>();
    for (int output : network.outputs()) {
      String name = network.node(output).name();
      members.add(
          new Member(
              file.name() + ":" + name,
              fakeClass,
              network.parametersOf(output),
              views.imagesOf(name)));
    }
    return members;
  }

  private static void check(ModelLocation file, Network network, ModelSettings.InputSize size) {
    if (network.inputShape().extent(0) != size.height()
        || network.inputShape().extent(1) != size.width()) {
      throw new ModelFormatException(
          "%s: reads images of shape %s, but %s says that they are %d high and %d wide"
              .formatted(
                  file, network.inputShape(), Manifest.FILE_NAME, size.height(), size.width()));
    }
  }

  private static boolean hasName(Path path) {
    return EXTENSIONS.stream().anyMatch(extension -> hasName(path, extension))
        && !String.valueOf(path.getFileName()).startsWith(".");
  }

  private static boolean hasName(Path path, String extension) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(extension);
  }
}
