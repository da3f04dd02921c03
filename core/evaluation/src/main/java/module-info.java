/** Metrics as immutable values. */
module io.unmask.evaluation {
  requires static transitive org.jspecify;

  exports io.unmask.evaluation;
}
