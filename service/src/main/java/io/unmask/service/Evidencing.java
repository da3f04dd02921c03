package io.unmask.service;

import io.unmask.error.ImageException;
import io.unmask.image.FileKind;
import io.unmask.image.provenance.Evidence;
import io.unmask.image.provenance.Provenance;
import io.unmask.service.json.EvidenceJson;
import java.util.Arrays;
import java.util.List;

/** Says what files claim about themselves. Nothing is decoded. */
record Evidencing() implements Judge {

  @Override
  public JsonBytes.Writing judge(NamedPhoto photo, boolean explain) {
    byte[] bytes = photo.bytes();
    List<Evidence> evidence = Provenance.of(bytes);
    if (evidence.isEmpty()
        && FileKind.of(Arrays.copyOf(bytes, Math.min(bytes.length, FileKind.BYTES))).isEmpty()) {
      throw new ImageException("not an image of a known format, so that nothing was looked for");
    }
    return json -> {
      json.writeStringField("file", photo.name());
      EvidenceJson.write(json, evidence);
    };
  }
}
