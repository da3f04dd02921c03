/** Several models as one, and the bundled default. */
module io.unmask.ensemble {
  requires transitive io.unmask;
  requires io.unmask.json;
  requires static transitive org.jspecify;

  exports io.unmask.ensemble;

  provides io.unmask.spi.ModelSource with
      io.unmask.ensemble.EnsembleSource;
}
