/** JSON within bounds, for Unmask's own modules. */
@SuppressWarnings("module") // the modules that it is for are built after it
module io.unmask.json {
  requires com.fasterxml.jackson.core;
  requires static transitive org.jspecify;

  exports io.unmask.json to
      io.unmask,
      io.unmask.ensemble,
      io.unmask.image,
      io.unmask.keras,
      io.unmask.testkit,
      io.unmask.training;
}
