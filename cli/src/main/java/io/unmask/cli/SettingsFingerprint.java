package io.unmask.cli;

import io.unmask.DetectorInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A few letters and digits that tell results apart which were made with other settings: another
 * model, threshold, band, views, classes and so on. Engine, device and threads do not count, and
 * neither do the weights, which a model's name, its layers and its parameters stand for.
 */
final class SettingsFingerprint {

  private static final int BYTES = 5;

  private SettingsFingerprint() {}

  static String of(DetectorInfo info) {
    String settings =
        List.of(
                info.model(),
                info.members(),
                info.input(),
                info.views(),
                info.faceFinder(),
                info.upright(),
                info.mirrored(),
                info.layers(),
                info.parameters(),
                info.fusion(),
                info.calibration(),
                info.threshold(),
                info.uncertainty(),
                info.expectation(),
                info.preprocessor(),
                info.program().precision(),
                // how it is known does not change what it is
                info.conventions().stream()
                    .map(convention -> convention.name() + "=" + convention.value())
                    .toList())
            .stream()
            .map(Object::toString)
            .collect(Collectors.joining("\n"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(settings.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
