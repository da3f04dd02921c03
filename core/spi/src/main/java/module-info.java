/** The API for plug-ins, and how plug-ins are found. */
@SuppressWarnings("module") // the modules that find plug-ins are built after it
module io.unmask.spi {
  requires transitive io.unmask.network;
  requires transitive java.desktop;
  requires static transitive org.jspecify;

  exports io.unmask.spi;
  exports io.unmask.discovery to
      io.unmask,
      io.unmask.image;

  uses io.unmask.spi.Backend;
  uses io.unmask.spi.FaceFinder;
  uses io.unmask.spi.ImageDecoder;
  uses io.unmask.spi.ModelSource;
  uses io.unmask.spi.Preprocessor;
}
