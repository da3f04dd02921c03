package io.unmask.backend.tensorflow;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A program that runs {@link OpenDetector} in class loaders of its own: those that the system
 * property {@code loaders} lists, parents first, as class paths separated by blanks. The last one
 * runs it.
 *
 * <p>The system property {@code context} says which is the thread's context class loader: a number,
 * {@code none}, or {@code application}, which sees nothing of Unmask.
 */
final class OtherLoaders {

  private OtherLoaders() {}

  public static void main(String[] args) throws Exception {
    List<ClassLoader> loaders = new ArrayList<>();
    ClassLoader parent = ClassLoader.getPlatformClassLoader();
    for (String classPath : System.getProperty("loaders").split(" ", -1)) {
      parent = new URLClassLoader(urls(classPath), parent);
      loaders.add(parent);
    }
    String context = System.getProperty("context");
    Thread.currentThread()
        .setContextClassLoader(
            switch (context) {
              case "none" -> null;
              case "application" -> ClassLoader.getSystemClassLoader();
              default -> loaders.get(Integer.parseInt(context));
            });
    Class<?> program = Class.forName(OpenDetector.class.getName(), true, parent);
    var main = program.getDeclaredMethod("main", String[].class);
    main.setAccessible(true);
    main.invoke(null, (Object) args);
  }

  private static URL[] urls(String classPath) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : Arrays.asList(classPath.split(File.pathSeparator, -1))) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
