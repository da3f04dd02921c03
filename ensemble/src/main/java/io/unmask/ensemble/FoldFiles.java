package io.unmask.ensemble;

import io.unmask.error.ModelFormatException;
import io.unmask.model.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a cross-validation, {@code fold_<n>_phase<1 or 2>_best_model.keras}, as the
 * reference names them.
 */
final class FoldFiles {

  private static final Pattern NAME =
      Pattern.compile("fold_(\\d{1,4})_phase([12])_best_model\\.(keras|h5|hdf5)");

  private FoldFiles() {}

  /**
   * The fold files among others, in the order of the folds: of each the one of phase 2, or that of
   * phase 1 where there is no other.
   *
   * @return empty if there are none
   * @throws ModelFormatException if a fold between others, or the first, is missing
   */
  static List<Path> among(Path folder, List<Path> files) {
    NavigableMap<Integer, Path> folds = new TreeMap<>();
    NavigableMap<Integer, Path> firstPhase = new TreeMap<>();
    for (Path file : files) {
      Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
      if (name.matches()) {
        int fold = Integer.parseInt(name.group(1));
        NavigableMap<Integer, Path> phase = name.group(2).equals("1") ? firstPhase : folds;
        @Nullable Path other = phase.put(fold, file);
        if (other != null) {
          throw new ModelFormatException(
              "%s: %s and %s are the same fold; list the members in %s"
                  .formatted(folder, other.getFileName(), file.getFileName(), Manifest.FILE_NAME));
        }
      }
    }
    firstPhase.forEach(folds::putIfAbsent);
    requireAll(folder, folds);
    return new ArrayList<>(folds.values());
  }

  /** Folds are counted from 1, or from 0. */
  private static void requireAll(Path folder, NavigableMap<Integer, Path> folds) {
    if (folds.isEmpty()) {
      return;
    }
    for (int fold = Math.min(1, folds.firstKey()); fold < folds.lastKey(); fold++) {
      if (!folds.containsKey(fold)) {
        throw new ModelFormatException(
            "%s: fold %d is missing (fold_%d_phase2_best_model.keras), but there is fold %d; put it"
                    .formatted(folder, fold, fold, folds.lastKey())
                + " back, or list the members to use in "
                + Manifest.FILE_NAME);
      }
    }
  }
}
