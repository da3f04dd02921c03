package io.unmask.backend.tensorflow;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/** The C library's heap. */
final class NativeHeap {

  private NativeHeap() {}

  /**
   * Gives back to the system what is free. Compiling a network leaves hundreds of megabytes that
   * glibc would keep. Without effect where the C library is another one.
   */
  static void trim() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      NativeLibrary.getInstance("c").getFunction("malloc_trim").invokeInt(new Object[] {0L});
    } catch (LinkageError e) {
      System.getLogger(NativeHeap.class.getName())
          .log(System.Logger.Level.DEBUG, "no malloc_trim", e);
    }
  }
}
