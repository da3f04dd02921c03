/** The model files of Keras, read and written. */
@SuppressWarnings("requires-automatic") // jHDF has a name in its manifest, but no descriptor
module io.unmask.keras {
  requires com.fasterxml.jackson.core;
  requires io.jhdf;
  requires io.unmask.json;
  requires transitive io.unmask.network;
  requires static transitive org.jspecify;

  // What jHDF needs and cannot say, being an automatic module.
  requires org.apache.commons.lang3;
  requires org.slf4j;

  exports io.unmask.keras;
}
