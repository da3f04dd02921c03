package io.unmask.backend.tensorflow;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/**
 * What TensorFlow writes to standard error: errors only, unless the user sets the environment
 * variable {@code TF_CPP_MIN_LOG_LEVEL} (0 for everything).
 */
final class NativeLog {

  private static final String LEVEL = "TF_CPP_MIN_LOG_LEVEL";
  private static final String ERRORS = "2";
  private static final int STANDARD_ERROR = 2;
  private static final int WRITE_ONLY = 1;

  /** What the first session in a process says, whatever the level is. */
  private static final Pattern GREETING =
      Pattern.compile(
          "(?m)^(WARNING: All log messages before absl::InitializeLog\\(\\).*"
              + "|I0000 .*mlir_graph_optimization_pass\\.cc.*)\\R?");

  private NativeLog() {}

  /** To be called before TensorFlow is loaded. */
  static void quietenBeforeLoading() {
    ProcessEnvironment.setDefault(LEVEL, ERRORS);
  }

  /**
   * To be called once when TensorFlow is loaded. It runs a first small session with standard error
   * turned to a file, and then passes on what came from anybody else in these milliseconds.
   */
  static void quietenAfterLoading() {
    if (System.getenv(LEVEL) != null || Platform.isWindows()) {
      return;
    }
    try {
      Path file = Files.createTempFile("unmask-tensorflow", ".log");
      try {
        runWithStandardErrorTo(file);
        String said = Files.readString(file, StandardCharsets.ISO_8859_1);
        byte[] rest = GREETING.matcher(said).replaceAll("").getBytes(StandardCharsets.ISO_8859_1);
        if (rest.length > 0) {
          NativeLibrary c = NativeLibrary.getInstance("c");
          c.getFunction("write")
              .invokeLong(new Object[] {STANDARD_ERROR, rest, (long) rest.length});
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException | LinkageError | RuntimeException e) {
      System.getLogger(NativeLog.class.getName())
          .log(Logger.Level.DEBUG, "cannot quieten TensorFlow's first session", e);
    }
  }

  private static void runWithStandardErrorTo(Path file) {
    NativeLibrary c = NativeLibrary.getInstance("c");
    int saved = c.getFunction("dup").invokeInt(new Object[] {STANDARD_ERROR});
    int opened = c.getFunction("open").invokeInt(new Object[] {file.toString(), WRITE_ONLY});
    try {
      if (saved >= 0 && opened >= 0) {
        c.getFunction("dup2").invokeInt(new Object[] {opened, STANDARD_ERROR});
      }
      runOnce();
    } finally {
      if (saved >= 0) {
        c.getFunction("dup2").invokeInt(new Object[] {saved, STANDARD_ERROR});
        c.getFunction("close").invokeInt(new Object[] {saved});
      }
      if (opened >= 0) {
        c.getFunction("close").invokeInt(new Object[] {opened});
      }
    }
  }

  private static void runOnce() {
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      // Without GPUs: the first session that uses one sets for all how its memory is managed.
      ConfigProto config = ConfigProto.newBuilder().putDeviceCount("GPU", 0).build();
      try (Session session = new Session(graph, config)) {
        session.runner().fetch(ops.identity(ops.constant(0f))).run().close();
      }
    }
  }
}
