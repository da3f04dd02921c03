/** jHDF in packages of its own, without its log. For {@code io.unmask.keras} only. */
@SuppressWarnings({
  "module", // that it is for is built after it
  "requires-automatic" // LZ4 has a name in its manifest, but no descriptor
})
module io.unmask.jhdf {
  requires com.ning.compress.lzf;
  requires org.apache.commons.lang3;
  requires org.lz4.java;
  requires static org.jspecify;

  exports io.unmask.jhdf to
      io.unmask.keras;
  exports io.unmask.jhdf.api to
      io.unmask.keras;
  exports io.unmask.jhdf.api.dataset to
      io.unmask.keras;
  exports io.unmask.jhdf.checksum to
      io.unmask.keras;
  exports io.unmask.jhdf.dataset to
      io.unmask.keras;
  exports io.unmask.jhdf.filter to
      io.unmask.keras;
  exports io.unmask.jhdf.object.datatype to
      io.unmask.keras;
  exports io.unmask.jhdf.storage to
      io.unmask.keras;

  // One of its constructors is not public.
  opens io.unmask.jhdf to
      io.unmask.keras;
}
