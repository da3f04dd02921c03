/** Plug-ins for Unmask. A class path finds them by META-INF/services, a module path by this. */
module com.example.plugins {
  requires transitive io.unmask;
  requires static org.jspecify;

  provides io.unmask.DetectorProvider with
      com.example.plugins.CachedProvider;
  provides io.unmask.spi.Backend with
      com.example.plugins.TimedBackend;
  provides io.unmask.spi.Preprocessor with
      com.example.plugins.BoxPreprocessor;

  exports com.example.plugins;

  uses io.unmask.spi.Backend;
}
