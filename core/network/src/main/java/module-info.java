/** Networks as data, their passes and architectures, and the exceptions of all modules. */
@SuppressWarnings("module") // the modules that files are for are built after it
module io.unmask.network {
  requires static transitive org.jspecify;

  exports io.unmask.concurrent to
      io.unmask,
      io.unmask.backend.cpu,
      io.unmask.ensemble,
      io.unmask.faces,
      io.unmask.heif,
      io.unmask.image,
      io.unmask.spi,
      io.unmask.training;
  exports io.unmask.error;
  exports io.unmask.files to
      io.unmask,
      io.unmask.cli,
      io.unmask.faces,
      io.unmask.image,
      io.unmask.keras,
      io.unmask.onnx,
      io.unmask.service,
      io.unmask.training;
  exports io.unmask.network;
  exports io.unmask.network.architecture;
  exports io.unmask.network.attribution;
  exports io.unmask.network.pass;
}
