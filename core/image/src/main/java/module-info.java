/** Decoders, samplers, the Java preprocessor, and what image files claim about themselves. */
module io.unmask.image {
  requires io.unmask.json;
  requires transitive io.unmask.spi;
  requires transitive java.desktop;
  requires static transitive org.jspecify;

  exports io.unmask.image;
  exports io.unmask.image.provenance;

  provides io.unmask.spi.Preprocessor with
      io.unmask.image.JavaPreprocessor;
}
