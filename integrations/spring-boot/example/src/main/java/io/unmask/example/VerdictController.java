package io.unmask.example;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.error.ImageException;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /verdict}: the body is a photo. */
@RestController
class VerdictController {

  /** What is answered. */
  record Verdict(String label, List<String> faces, String summary) {}

  private final Detector detector;

  VerdictController(Detector detector) {
    this.detector = detector;
  }

  @PostMapping("/verdict")
  Verdict verdict(@RequestBody byte[] photo) {
    Classification result = detector.classify(photo);
    return new Verdict(
        result.label().name(),
        result.faces().stream().map(face -> face.box() + " " + face.label()).toList(),
        result.summary());
  }

  /** What is no photo is the client's mistake. */
  @ExceptionHandler
  ProblemDetail unreadable(ImageException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(422), e.getMessage());
  }
}
