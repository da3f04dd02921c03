/** Runs and trains networks with TensorFlow. */
@SuppressWarnings("requires-automatic") // JNA has a name in its manifest, but no descriptor
module io.unmask.backend.tensorflow {
  requires com.sun.jna;
  requires io.unmask.image;
  requires transitive io.unmask.spi;
  requires org.bytedeco.javacpp;
  requires org.tensorflow.ndarray;
  requires tensorflow;
  requires static transitive org.jspecify;

  exports io.unmask.backend.tensorflow;

  provides io.unmask.spi.Backend with
      io.unmask.backend.tensorflow.TensorFlowBackend;
  provides io.unmask.spi.Preprocessor with
      io.unmask.backend.tensorflow.TensorFlowPreprocessor;
}
