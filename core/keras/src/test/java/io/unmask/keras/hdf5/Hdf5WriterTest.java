package io.unmask.keras.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.unmask.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class Hdf5WriterTest {

  /** It was 4 MiB a group: 8 GiB for these. */
  @Test
  void whatAFileTakesIsInProportionToIt() throws IOException {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Hdf5Writer.Group root = new Hdf5Writer.Group(null);
    for (int i = 0; i < 1000; i++) {
      root.group("layer_" + i, null)
          .group("vars", "name of layer " + i)
          .dataset("0", Weights.vector(new float[100]), false);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    Hdf5Writer.write(root, OutputStream.nullOutputStream());
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(16 << 20);
  }
}
