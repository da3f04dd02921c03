package io.unmask.backend.cpu;

import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/** Asks Linux to back memory with huge pages. */
final class HugePages {

  /** From Linux's mman-common.h. */
  private static final int MADV_HUGEPAGE = 14;

  /** The size of a huge page on x86-64, and the most usual one on arm64. */
  private static final long SIZE = 2L << 20;

  private HugePages() {}

  /**
   * Asks for huge pages where whole ones lie within a block that was not written to yet. The system
   * may decline, which makes no difference but to speed; other systems are not asked.
   */
  static void advise(long address, long size) {
    long start = (address + SIZE - 1) / SIZE * SIZE;
    long length = (address + size - start) / SIZE * SIZE;
    if (length <= 0 || !Platform.isLinux()) {
      return;
    }
    NativeLibrary.getInstance("c")
        .getFunction("madvise")
        .invokeInt(new Object[] {new Pointer(start), new NativeLong(length), MADV_HUGEPAGE});
  }
}
