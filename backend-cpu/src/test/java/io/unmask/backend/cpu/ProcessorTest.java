package io.unmask.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {

  private static final int VNNI = dnnl.dnnl_cpu_isa_avx512_core_vnni;
  private static final int BF16 = dnnl.dnnl_cpu_isa_avx512_core_bf16;
  private static final int FP16 = dnnl.dnnl_cpu_isa_avx512_core_fp16;
  private static final int AMX = dnnl.dnnl_cpu_isa_avx512_core_amx;

  @TempDir Path root;

  @Test
  void bf16ComesWithItsInstructionsAndAllThatAreNewer() {
    assertThat(Processor.multipliesBf16(0)).isFalse();
    assertThat(Processor.multipliesBf16(dnnl.dnnl_cpu_isa_avx2_vnni_2)).isFalse();
    assertThat(Processor.multipliesBf16(VNNI)).isFalse();
    assertThat(Processor.multipliesBf16(BF16)).isTrue();
    assertThat(Processor.multipliesBf16(FP16)).isTrue();
    assertThat(Processor.multipliesBf16(AMX)).isTrue();
  }

  @Test
  void itIsFasterOnAmdAndWithAmxAlone() throws IOException {
    Path info = Files.createDirectories(root.resolve("proc")).resolve("cpuinfo");
    Files.writeString(info, "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel\t\t: 207\n");
    assertThat(Processor.isFasterInBf16(FP16, root, null)).isFalse();
    assertThat(Processor.isFasterInBf16(AMX, root, null)).isTrue();
    Files.writeString(info, "processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel\t\t: 17\n");
    assertThat(Processor.isFasterInBf16(BF16, root, null)).isTrue();
    assertThat(Processor.isFasterInBf16(VNNI, root, null)).isFalse();
  }

  @Test
  void whereLinuxSaysNothingWindowsMay() {
    assertThat(Processor.isFasterInBf16(BF16, root, null)).isFalse();
    assertThat(
            Processor.isFasterInBf16(
                BF16, root, "AMD64 Family 25 Model 97 Stepping 2, AuthenticAMD"))
        .isTrue();
    assertThat(
            Processor.isFasterInBf16(
                BF16, root, "Intel64 Family 6 Model 207 Stepping 2, GenuineIntel"))
        .isFalse();
  }
}
