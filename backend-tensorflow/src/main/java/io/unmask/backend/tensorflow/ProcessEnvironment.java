package io.unmask.backend.tensorflow;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * The environment of this process as native code sees it. Java can only read it, yet some of
 * TensorFlow's settings exist nowhere else.
 */
final class ProcessEnvironment {

  private ProcessEnvironment() {}

  /** Sets a variable unless the user did. To be called before the library that reads it loads. */
  static void setDefault(String name, String value) {
    if (System.getenv(name) != null) {
      return;
    }
    try {
      if (Platform.isWindows()) {
        function("ucrtbase", "_putenv_s").invokeInt(new Object[] {name, value});
      } else {
        function("c", "setenv").invokeInt(new Object[] {name, value, 0});
      }
    } catch (LinkageError | RuntimeException e) {
      System.getLogger(ProcessEnvironment.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot set " + name + "=" + value, e);
    }
  }

  private static Function function(String library, String name) {
    return NativeLibrary.getInstance(library).getFunction(name);
  }
}
