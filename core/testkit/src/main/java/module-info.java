/** What a plug-in is tested with. */
module io.unmask.testkit {
  requires io.unmask.json;
  requires io.unmask.keras;
  requires transitive io.unmask.spi;
  requires java.management;
  requires jdk.management;
  requires org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires org.junit.jupiter.params;
  requires static transitive org.jspecify;

  exports io.unmask.testkit;
  exports io.unmask.testkit.fuzz;

  opens io.unmask.testkit; // JUnit looks into the contract
}
