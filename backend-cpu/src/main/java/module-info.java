/** Runs networks on the CPU with oneDNN. */
@SuppressWarnings("requires-automatic") // JNA has a name in its manifest, but no descriptor
module io.unmask.backend.cpu {
  requires com.sun.jna;
  requires transitive io.unmask.spi;
  requires org.bytedeco.dnnl;
  requires org.bytedeco.javacpp;
  requires static transitive org.jspecify;

  // oneDNN's binding loads it, though nothing uses it.
  requires org.bytedeco.opencl;

  exports io.unmask.backend.cpu;

  provides io.unmask.spi.Backend with
      io.unmask.backend.cpu.CpuBackend;
}
