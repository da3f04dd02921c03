/** The API of Unmask, which tells photographs of real faces from AI-generated ones. */
module io.unmask {
  requires transitive io.unmask.image;
  requires io.unmask.json;
  requires io.unmask.keras;
  requires transitive io.unmask.spi;
  requires transitive java.desktop;
  requires static transitive org.jspecify;

  exports io.unmask;
  exports io.unmask.model;

  uses io.unmask.DetectorProvider;

  provides io.unmask.DetectorProvider with
      io.unmask.NetworkProvider;
}
