/** Networks and whole models as ONNX files. */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // names in their manifests, but no descriptors
module io.unmask.onnx {
  requires com.google.protobuf;
  requires transitive io.unmask.spi;
  requires org.tribuo.util.onnx;
  requires static transitive org.jspecify;

  exports io.unmask.onnx;
}
