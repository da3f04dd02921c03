package io.unmask.backend.tensorflow;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

  /**
   * What is said whatever the level is when the library is loaded and its first session run, and
   * means nothing: the GPU library's factories always register twice, and look for a GPU even where
   * none is to be used.
   */
  private static final Pattern GREETING =
      Pattern.compile(
          "(?m)^.*(All log messages before absl::InitializeLog\\(\\)"
              + "|mlir_graph_optimization_pass\\.cc"
              + "|Unable to register cu(FFT|DNN|BLAS) factory"
              + "|failed call to cuInit).*\\R?");

  private NativeLog() {}

  /**
   * Loads the library and runs a first small session. Meanwhile, a few tenths of a second, standard
   * error is turned to a file; what came from anybody else is passed on afterwards.
   */
  static void quietly(Runnable loading) {
    if (System.getenv(LEVEL) != null) {
      loading.run();
      return;
    }
    ProcessEnvironment.setDefault(LEVEL, ERRORS);
    Path file = Platform.isWindows() ? null : temporaryFile();
    if (file == null) {
      loading.run();
      return;
    }
    try {
      runWithStandardErrorTo(
          file,
          () -> {
            loading.run();
            runOnce();
          });
    } finally {
      passOn(file);
    }
  }

  private static @Nullable Path temporaryFile() {
    try {
      return Files.createTempFile("unmask-tensorflow", ".log");
    } catch (IOException e) {
      return null;
    }
  }

  private static void passOn(Path file) {
    try {
      String said = Files.readString(file, StandardCharsets.ISO_8859_1);
      Files.delete(file);
      byte[] rest = GREETING.matcher(said).replaceAll("").getBytes(StandardCharsets.ISO_8859_1);
      if (rest.length > 0) {
        NativeLibrary c = NativeLibrary.getInstance("c");
        c.getFunction("write").invokeLong(new Object[] {STANDARD_ERROR, rest, (long) rest.length});
      }
    } catch (IOException e) {
      System.getLogger(NativeLog.class.getName())
          .log(Logger.Level.WARNING, "cannot read what was written to standard error: " + file, e);
    }
  }

  private static void runWithStandardErrorTo(Path file, Runnable action) {
    NativeLibrary c = NativeLibrary.getInstance("c");
    int saved = c.getFunction("dup").invokeInt(new Object[] {STANDARD_ERROR});
    int opened = c.getFunction("open").invokeInt(new Object[] {file.toString(), WRITE_ONLY});
    try {
      if (saved >= 0 && opened >= 0) {
        c.getFunction("dup2").invokeInt(new Object[] {opened, STANDARD_ERROR});
      }
      action.run();
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
