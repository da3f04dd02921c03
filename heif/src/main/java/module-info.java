/** Reads HEIC and AVIF through the libheif of the system. */
@SuppressWarnings("requires-automatic") // JNA has a name in its manifest, but no descriptor
module io.unmask.heif {
  requires com.sun.jna;
  requires io.unmask.image;
  requires transitive io.unmask.spi;
  requires static transitive org.jspecify;

  exports io.unmask.heif;

  provides io.unmask.spi.ImageDecoder with
      io.unmask.heif.HeifDecoder;
}
