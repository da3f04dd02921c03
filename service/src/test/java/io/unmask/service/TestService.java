package io.unmask.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unmask.Detector;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Preprocessor;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.InterpreterBackend;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;

/** A service around a small model, at a free port. */
final class TestService implements AutoCloseable {

  static final ServiceOptions OPTIONS = ServiceOptions.DEFAULT.withAddress("127.0.0.1", 0);
  static final byte[] PNG = picture("png");
  static final byte[] JPEG = picture("jpg");

  /** A model for images of 26 by 22, written by real Keras. */
  static final Path MODEL = GoldenModels.file("sequential_cnn.keras");

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  final Detector detector;
  final Service service;

  private TestService(Detector detector, ServiceOptions options) {
    this.detector = detector;
    this.service = Service.start(detector, options);
  }

  static TestService start() {
    return start(OPTIONS);
  }

  static TestService start(ServiceOptions options) {
    return start(new JavaPreprocessor(), options);
  }

  static TestService start(Preprocessor preprocessor, ServiceOptions options) {
    return new TestService(
        Detector.builder()
            .model(MODEL)
            .backend(new InterpreterBackend())
            .preprocessor(preprocessor)
            .open(),
        options);
  }

  /** Decodes only as often as it is allowed to. */
  record Gate(Semaphore allowed, JavaPreprocessor preprocessor) implements Preprocessor {
    Gate() {
      this(new Semaphore(0), new JavaPreprocessor());
    }

    @Override
    public String name() {
      return "gate";
    }

    @Override
    public ImageSize process(byte[] encoded, String source, InputFormat format, FloatBuffer to) {
      allowed.acquireUninterruptibly();
      return preprocessor.process(encoded, source, format, to);
    }

    @Override
    public ImageSize process(BufferedImage image, InputFormat format, FloatBuffer to) {
      return preprocessor.process(image, format, to);
    }
  }

  URI uri(String path) {
    return service.uri().resolve(path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
  }

  HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  HttpResponse<String> post(String path, byte[] body) {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection to write to by hand. */
  Socket connect() throws IOException {
    Socket socket = new Socket(service.uri().getHost(), service.uri().getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** A body of several parts with the boundary {@code b}. */
  static byte[] multipart(Object... namesAndBytes) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndBytes.length; i += 2) {
      body.writeBytes(
          ("--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\""
                  + namesAndBytes[i]
                  + "\"\r\nContent-Type: image/png\r\n\r\n")
              .getBytes(UTF_8));
      body.writeBytes((byte[]) namesAndBytes[i + 1]);
      body.writeBytes("\r\n".getBytes(UTF_8));
    }
    body.writeBytes("--b--\r\n".getBytes(UTF_8));
    return body.toByteArray();
  }

  HttpResponse<String> postMultipart(String path, byte[] body) {
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  private static byte[] picture(String format) {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillOval(5, 5, 20, 20);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    service.close();
    detector.close();
  }
}
