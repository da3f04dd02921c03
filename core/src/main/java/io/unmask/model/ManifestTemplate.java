package io.unmask.model;

import io.unmask.error.ModelFormatException;
import io.unmask.files.FileFault;
import io.unmask.spi.Conventions;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.Scaling;
import io.unmask.spi.Views.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a manifest that says what holds of models without one, to be corrected by people. */
public final class ManifestTemplate {

  private ManifestTemplate() {}

  /**
   * Writes {@value Manifest#FILE_NAME} into a folder, unless there is one.
   *
   * @param folder where the models' files lie
   * @param models each read on its own, named as its file
   * @return the file
   * @throws ModelFormatException if there is a manifest, or it cannot be written
   */
  public static Path write(Path folder, List<Model> models) {
    Path file = folder.resolve(Manifest.FILE_NAME);
    try {
      return ManifestFile.create(folder, of(folder, models))
          .orElseThrow(
              () ->
                  new ModelFormatException(
                      file
                          + ": is there already; correct that, or move it away to have one written"));
    } catch (IOException e) {
      throw new ModelFormatException(file + ": cannot be written: " + FileFault.reason(e), e);
    }
  }

  private static Manifest of(Path folder, List<Model> models) {
    Manifest.Builder manifest = Manifest.builder();
    models.forEach(model -> manifest.model(model.name(), settings(folder, model)));
    return manifest.build();
  }

  /** A manifest speaks of files beside it only. */
  private static String architecture(Path folder, String said) {
    if (!said.endsWith(".json")) {
      return said;
    }
    String name = String.valueOf(Path.of(said).getFileName());
    if (!Files.isRegularFile(folder.resolve(name))) {
      throw new ModelFormatException(
          folder
              + ": a manifest names an architecture's file that lies beside it; put "
              + name
              + " there");
    }
    return name;
  }

  private static ModelSettings settings(Path folder, Model model) {
    InputFormat input = model.input();
    Conventions conventions =
        Conventions.NONE
            .withScaling(
                Scaling.Named.of(input.scaling(), input.order())
                    .<Scaling>map(named -> named)
                    .orElse(input.scaling()))
            .withChannelOrder(input.order());
    for (View view : model.views().views()) {
      if (view instanceof View.Resize resize) {
        conventions =
            conventions.withResize(resize.resampling()).withCropToAspect(resize.cropped());
        break;
      }
    }
    Member member = model.members().get(0);
    if (model.network().outputShape(0).size() <= 2) {
      conventions =
          conventions.withClasses(
              member.fakeClass() == 0 ? List.of("fake", "real") : List.of("real", "fake"));
    }
    ModelSettings.Builder settings = ModelSettings.builder();
    model.conventions().stream()
        .filter(each -> each.name().equals(WeightsOfArchitecture.CONVENTION))
        .forEach(each -> settings.architecture(architecture(folder, each.value())));
    return settings
        .inputSize(input.height(), input.width())
        .conventions(conventions)
        .fakeClass(member.fakeClass())
        .threshold(model.threshold())
        .build();
  }
}
