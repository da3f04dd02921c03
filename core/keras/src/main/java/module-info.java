/** The model files of Keras, read and written. */
module io.unmask.keras {
  requires com.fasterxml.jackson.core;
  requires io.unmask.jhdf;
  requires io.unmask.json;
  requires transitive io.unmask.network;
  requires static transitive org.jspecify;

  exports io.unmask.keras;
}
