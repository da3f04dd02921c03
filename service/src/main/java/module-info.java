/** The HTTP service and its page, and results in JSON. */
@SuppressWarnings("requires-automatic") // Micrometer's are no modules, but have names
module io.unmask.service {
  requires transitive com.fasterxml.jackson.core;
  requires transitive io.unmask;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.eclipse.jetty.server;
  requires static transitive org.jspecify;

  exports io.unmask.service;
  exports io.unmask.service.json;
}
