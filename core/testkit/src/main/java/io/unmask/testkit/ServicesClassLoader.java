package io.unmask.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** A class path whose META-INF/services files list the given providers and no others. */
public final class ServicesClassLoader extends ClassLoader {

  /** A class that is there but cannot be linked, as when a dependency is missing. */
  public static final String UNLINKABLE = "test.Unlinkable";

  private final String resource;
  private final List<String> providers;

  /** Offers these. */
  public ServicesClassLoader(Class<?> service, String... providers) {
    super(ServicesClassLoader.class.getClassLoader());
    this.resource = "META-INF/services/" + service.getName();
    this.providers = List.of(providers);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.equals(UNLINKABLE)) {
      throw new NoClassDefFoundError("org/engine/Missing");
    }
    return super.loadClass(name, resolve);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.equals(resource)
        ? Collections.enumeration(List.of(memory(String.join("\n", providers))))
        : super.getResources(name);
  }

  private static URL memory(String text) throws MalformedURLException {
    return new URL(
        null,
        "memory:services",
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
              @Override
              public void connect() {}

              @Override
              public InputStream getInputStream() {
                return new ByteArrayInputStream(text.getBytes(UTF_8));
              }
            };
          }
        });
  }
}
