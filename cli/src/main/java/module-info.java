/** The {@code unmask} command, which exports nothing. */
module io.unmask.cli {
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires io.unmask.ensemble;
  requires io.unmask.onnx;
  requires io.unmask.service;
  requires io.unmask.training;
  requires me.tongfei.progressbar;
  requires static org.jspecify;

  opens io.unmask.cli to
      info.picocli;
}
