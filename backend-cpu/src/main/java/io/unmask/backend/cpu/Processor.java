package io.unmask.backend.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;

/**
 * What the processor can do with bfloat16 numbers and 8-bit integers, by the sets of instructions
 * that oneDNN uses.
 *
 * <p>To have AVX512-BF16 is not to be fast with it. Zen 4 multiplies twice as many numbers with it
 * as in single precision in the same time, but Intel's cores half as many: on an Emerald Rapids
 * {@code vdpbf16ps} takes four times as long as {@code vfmadd231ps} and does the work of two, and a
 * network 1.7 times as long. Theirs are fast with AMX, which virtual machines often lack.
 */
final class Processor {

  private static final int BF16 = dnnl.dnnl_cpu_isa_avx512_core_bf16;
  private static final int AMX = dnnl.dnnl_cpu_isa_avx512_core_amx;

  private static final int AVX2 = dnnl.dnnl_cpu_isa_avx2;
  private static final int VNNI_256 = dnnl.dnnl_cpu_isa_avx2_vnni;
  private static final int VNNI_512 = dnnl.dnnl_cpu_isa_avx512_core_vnni;

  private Processor() {}

  /** Whether there are instructions that multiply 8-bit integers. */
  static boolean multipliesInt8(int instructions) {
    return (instructions & AVX2) == AVX2;
  }

  /** Whether those add up in 32 bits. AVX2 alone adds two products in 16. */
  static boolean addsUpInt8(int instructions) {
    return (instructions & VNNI_256) == VNNI_256 || (instructions & VNNI_512) == VNNI_512;
  }

  /** Whether there are instructions that multiply bfloat16 numbers. */
  static boolean multipliesBf16(int instructions) {
    return (instructions & BF16) == BF16;
  }

  /** Whether they are faster than those for single precision. */
  static boolean isFasterInBf16(int instructions) {
    return isFasterInBf16(instructions, Path.of("/"), System.getenv("PROCESSOR_IDENTIFIER"));
  }

  static boolean isFasterInBf16(int instructions, Path root, @Nullable String windowsIdentifier) {
    return (instructions & AMX) == AMX
        || (multipliesBf16(instructions) && isOfAmd(root, windowsIdentifier));
  }

  /** Linux says who made a processor in a file, Windows in an environment variable. */
  private static boolean isOfAmd(Path root, @Nullable String windowsIdentifier) {
    if (windowsIdentifier != null) {
      return windowsIdentifier.contains("AuthenticAMD");
    }
    try (Stream<String> lines = Files.lines(root.resolve("proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("vendor_id"))
          .findFirst()
          .filter(line -> line.contains("AuthenticAMD"))
          .isPresent();
    } catch (IOException | UncheckedIOException e) {
      return false; // No Linux. Single precision is right everywhere.
    }
  }
}
