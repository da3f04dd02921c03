package io.unmask.training.run;

import io.unmask.error.ModelFormatException;
import io.unmask.evaluation.DecisionRule;
import io.unmask.files.FileFault;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelFolder;
import io.unmask.model.ModelLocation;
import io.unmask.model.ModelSettings;
import io.unmask.model.Notes;
import io.unmask.spi.Uncertainty.Band;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a decision rule into the manifest of a model that is there, and leaves the rest of it. */
public final class ManifestDecision {

  /** What the rule was fitted to do stands under this, among the figures. */
  static final String KEY = "decision";

  private static final String FIGURES = "figures";

  private ManifestDecision() {}

  /**
   * Writes threshold and band in place of those that were there: for the models of a folder
   * together, or for one file.
   *
   * @param model a folder of models, or a model file
   * @return the manifest, which was made if there was none
   * @throws ModelFormatException if there is a manifest that makes no sense, which stays
   * @throws UncheckedIOException if it cannot be written; it is then as before
   */
  public static Path write(DecisionRule rule, Path model) {
    boolean together = Files.isDirectory(model);
    ModelLocation location = ModelLocation.of(model);
    ModelFolder folder = together ? ModelFolder.of(model) : location.folder();
    Manifest before = ManifestFile.read(folder).orElseGet(() -> Manifest.builder().build());
    Manifest after =
        together
            ? before.toBuilder().common(decided(rule, before.common())).build()
            : before.toBuilder()
                .model(location.name(), decided(rule, before.own(location.name())))
                .build();
    Path file = folder.path(Manifest.FILE_NAME).orElseThrow();
    try {
      return ManifestFile.write(file.resolveSibling(""), after);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written (" + FileFault.reason(e) + ")", e);
    }
  }

  private static ModelSettings decided(DecisionRule rule, ModelSettings before) {
    ModelSettings.Builder settings = before.toBuilder();
    set(rule, settings);
    Notes notes = before.notes();
    Notes figures = notes.group(FIGURES).orElse(Notes.NONE).with(KEY, figures(rule));
    return settings.notes(notes.with(FIGURES, figures)).build();
  }

  /** Sets the threshold, and the band if images are left undecided. */
  static void set(DecisionRule rule, ModelSettings.Builder settings) {
    settings
        .threshold(rule.threshold())
        .band(
            rule.hasBand()
                ? Optional.of(new Band(rule.realBelow(), rule.threshold()))
                : Optional.empty());
  }

  /** What the rule was fitted to do, for people. */
  static Notes figures(DecisionRule rule) {
    return Notes.NONE
        .with("wanted false positive rate", rule.rate())
        .with("false positive rate", rule.falseFakeRate())
        .with("fakes called FAKE", rule.recall())
        .with("fakes called REAL", rule.realOfFake())
        .with("photographs called REAL", rule.realOfReal());
  }
}
