/** Networks as data, their passes and architectures, and the exceptions of all modules. */
module io.unmask.network {
  requires static transitive org.jspecify;

  exports io.unmask.error;
  exports io.unmask.network;
  exports io.unmask.network.architecture;
  exports io.unmask.network.attribution;
  exports io.unmask.network.pass;
}
