package io.unmask.service;

import io.unmask.error.ImageException;
import io.unmask.service.json.ClassificationJson;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Takes photos and answers with what a judge says about each.
 *
 * @param judge who says it
 * @param workers where
 * @param memory what the bodies may hold
 * @param options the limits
 * @param meters where it is counted
 */
record Photos(Judge judge, Workers workers, Memory memory, ServiceOptions options, Meters meters)
    implements Endpoint {

  /** The parameter that asks for maps of where the evidence lies. */
  static final String EXPLAIN = "explain";

  private static final System.Logger LOG = System.getLogger("io.unmask.service");

  @Override
  public void answer(Call call) {
    if (workers.full()) {
      call.refuse(busy());
      return;
    }
    boolean explain = Query.of(call.request()).asks(EXPLAIN);
    @Nullable String contentType = call.request().getHeaders().get(HttpHeader.CONTENT_TYPE);
    BodyReading.start(
        call.request(),
        memory,
        options,
        body -> {
          if (!workers.offer(() -> work(call, body, contentType, explain))) {
            call.refuse(busy());
          }
        },
        call::refuse);
  }

  private Problem busy() {
    double seconds = meters.secondsOfWork() * (workers.waiting() + 1) / workers.threads();
    return Problem.busy((int) Math.max(1, Math.min(60, Math.ceil(seconds))));
  }

  private void work(Call call, byte[] body, @Nullable String contentType, boolean explain) {
    long start = System.nanoTime();
    try {
      Upload upload = Upload.of(body, contentType);
      byte[] answer =
          upload.several() ? all(upload.photos(), explain) : one(upload.photos().get(0), explain);
      call.json(answer);
    } catch (ProblemException e) {
      call.refuse(e.problem());
    } catch (RuntimeException | Error e) {
      // An answer comes, and this thread goes on, even if memory or the stack was not enough.
      call.refuse(failed(e));
    } finally {
      meters.worked(System.nanoTime() - start);
    }
  }

  private byte[] one(NamedPhoto photo, boolean explain) {
    try {
      return JsonBytes.object(judge.judge(photo, explain));
    } catch (ImageException e) {
      meters.unreadable();
      throw new ProblemException(Problem.noImage(reason(e)));
    }
  }

  private byte[] all(List<NamedPhoto> photos, boolean explain) {
    List<JsonBytes.Writing> answers = new ArrayList<>();
    for (NamedPhoto photo : photos) {
      try {
        answers.add(judge.judge(photo, explain));
      } catch (ImageException e) {
        meters.unreadable();
        String reason = reason(e);
        answers.add(json -> ClassificationJson.writeFailure(json, photo.name(), reason));
      }
    }
    return JsonBytes.array(
        json -> {
          for (JsonBytes.Writing answer : answers) {
            json.writeStartObject();
            answer.write(json);
            json.writeEndObject();
          }
        });
  }

  /** What is wrong with a photo, without the name that the detector gives it. */
  private static String reason(ImageException error) {
    String message = String.valueOf(error.getMessage());
    String named = NamedPhoto.UNNAMED + ": ";
    return message.startsWith(named) ? message.substring(named.length()) : message;
  }

  private static Problem failed(Throwable cause) {
    LOG.log(System.Logger.Level.ERROR, "a request failed", cause);
    return Problem.failed();
  }
}
