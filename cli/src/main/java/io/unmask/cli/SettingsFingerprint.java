package io.unmask.cli;

import io.unmask.DetectorInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Letters and digits that tell results apart which were made with other settings, four for each of
 * a few parts, such as {@code 3f0a-91c2-07bd-e4e4}. Engine, device and threads do not count, and
 * neither do the weights, which a model's name, its layers and its parameters stand for.
 */
final class SettingsFingerprint {

  private static final int BYTES = 2;
  private static final String BETWEEN = "-";

  /** What the parts are of, in their order. */
  private static final List<String> PARTS =
      List.of(
          "the model, or how several are fused",
          "faces, views or mirroring",
          "threshold, band or calibration",
          "how an image becomes numbers, which class is fake, or precision");

  private SettingsFingerprint() {}

  static String of(DetectorInfo info) {
    return String.join(
        BETWEEN,
        digest(
            info.model(),
            info.members(),
            info.input(),
            info.layers(),
            info.parameters(),
            info.fusion(),
            info.expectation()),
        digest(info.views(), info.faceFinder(), info.upright(), info.mirrored()),
        digest(info.calibration(), info.threshold(), info.uncertainty()),
        digest(
            info.preprocessor(),
            info.program().precision(),
            // how it is known does not change what it is
            info.conventions().stream()
                .map(convention -> convention.name() + "=" + convention.value())
                .toList()));
  }

  /** In what two of them differ, in words, or an empty string if one is none of these. */
  static String difference(String one, String other) {
    String[] ones = one.split(BETWEEN, -1);
    String[] others = other.split(BETWEEN, -1);
    if (ones.length != PARTS.size() || others.length != PARTS.size()) {
      return "";
    }
    List<String> different = new ArrayList<>();
    for (int i = 0; i < ones.length; i++) {
      if (!ones[i].equals(others[i])) {
        different.add(PARTS.get(i));
      }
    }
    return String.join("; ", different);
  }

  private static String digest(Object... settings) {
    String text =
        List.of(settings).stream().map(Object::toString).collect(Collectors.joining("\n"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
