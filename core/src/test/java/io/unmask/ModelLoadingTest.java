package io.unmask;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.discovery.Providers;
import io.unmask.error.ModelFormatException;
import io.unmask.spi.ModelRequest;
import io.unmask.spi.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoadingTest {

  private static final String ENSEMBLE = "io.unmask:unmask-ensemble";

  @TempDir Path folder;

  @Test
  void noModelNeedsTheEnsembleModule() {
    fails(List.of(), Optional.empty(), "no model is given", ENSEMBLE);
  }

  @Test
  void severalModelsNeedTheEnsembleModule() throws IOException {
    Path one = Files.createFile(folder.resolve("fold_1.keras"));
    Path two = Files.createFile(folder.resolve("fold_2.H5"));
    fails(List.of(one, two), Optional.empty(), "using 2 models", ENSEMBLE);
    fails(List.of(folder), Optional.empty(), "holds 2 models", ENSEMBLE);
    fails(List.of(one), Optional.of("median"), "'median'", ENSEMBLE);
  }

  @Test
  void aFolderWithoutAModelSaysSo() throws IOException {
    Files.createFile(folder.resolve("readme.txt"));
    fails(List.of(folder), Optional.empty(), folder.toString(), "holds no model file");
  }

  @Test
  void aMissingFileSaysSo() {
    Path missing = folder.resolve("missing.keras");
    fails(List.of(missing), Optional.empty(), missing.toString());
  }

  private static void fails(List<Path> paths, Optional<String> fusion, String... parts) {
    ModelRequest request = new ModelRequest(paths, OptionalInt.empty(), fusion);
    Providers<ModelSource> none = new Providers<>(List.of(), List.of());
    var thrown =
        assertThatExceptionOfType(ModelFormatException.class)
            .isThrownBy(() -> ModelLoading.load(request, none));
    for (String part : parts) {
      thrown.withMessageContaining(part);
    }
  }
}
