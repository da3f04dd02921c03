/** Finds faces in photos with a network. */
module io.unmask.faces {
  requires io.unmask.image;
  requires io.unmask.keras;
  requires transitive io.unmask.spi;
  requires static transitive org.jspecify;

  exports io.unmask.faces;

  provides io.unmask.spi.FaceFinder with
      io.unmask.faces.BlazeFace;
}
