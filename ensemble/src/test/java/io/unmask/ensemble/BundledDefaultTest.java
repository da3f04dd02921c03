package io.unmask.ensemble;

import static io.unmask.ensemble.Folds.fold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.error.ModelFormatException;
import io.unmask.testkit.InterpreterBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default, bundled in jars of this module's classes and models of the test. */
class BundledDefaultTest {

  private static final String PLACE = "io/unmask/ensemble/default/";
  private static final String MANIFEST =
      """
      {"version": 1, "members": ["%s", "%s"], "threshold": 0.8, "band": [0.1, 0.2]}
      """
          .formatted(fold(2), fold(1));

  @TempDir Path folder;

  /** The ensemble's classes come from the jar, all others from where they always do. */
  private static final class JarFirst extends URLClassLoader {

    JarFirst(Path jar) throws IOException {
      super(new URL[] {jar.toUri().toURL()}, BundledDefaultTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.unmask.ensemble.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }

    @Override
    public URL getResource(String name) {
      return name.startsWith(PLACE) ? findResource(name) : super.getResource(name);
    }
  }

  @Test
  void withoutAModelTheBundledOneIsUsed() throws Exception {
    Path jar = jar(MANIFEST, Folds.bytes(fold(1)), Folds.bytes(fold(2)));
    from(
        jar,
        () -> {
          try (Detector detector = detector()) {
            assertThat(detector.info().model()).isEqualTo("default");
            assertThat(detector.info().members()).containsExactly(fold(2), fold(1));
            assertThat(detector.info().threshold()).isEqualTo(0.8);
            assertThat(detector.info().uncertainty().band()).isPresent();
            assertThat(detector.info().sharedParameters()).isPositive();
            Classification result = detector.classify(Folds.image());
            assertThat(result.members())
                .extracting(Classification.Opinion::probability)
                .satisfiesExactly(
                    p -> assertThat(p).isEqualTo(Folds.answer(fold(2))[0], within(2e-5)),
                    p -> assertThat(p).isEqualTo(Folds.answer(fold(1))[0], within(2e-5)));
          }
          return null;
        });
  }

  @Test
  void anotherRuleMayFuseIt() throws Exception {
    Path jar = jar(MANIFEST, Folds.bytes(fold(1)), Folds.bytes(fold(2)));
    from(
        jar,
        () -> {
          try (Detector detector =
              Detector.builder().backend(new InterpreterBackend()).fusion("max").open()) {
            double greater = Math.max(Folds.answer(fold(1))[0], Folds.answer(fold(2))[0]);
            assertThat(detector.classify(Folds.image()).probability())
                .isEqualTo(greater, within(2e-5));
          }
          return null;
        });
  }

  @Test
  void whereNoneIsBundledTheErrorSaysWhatToDo() throws Exception {
    refused(
        jar(null), "no default is bundled", PLACE + "unmask.json", "name a .keras", "resources");
  }

  @Test
  void errorsNameTheResource() throws Exception {
    byte[] good = Folds.bytes(fold(1));
    refused(
        jar(MANIFEST, good),
        "resource " + PLACE + "unmask.json: members",
        "'" + fold(2) + "', which is not there");
    refused(
        jar(MANIFEST, good, Arrays.copyOf(good, good.length / 2)),
        "resource " + PLACE + fold(2) + ": ",
        "damaged");
    refused(jar(MANIFEST, good, new byte[0]), "resource " + PLACE + fold(2) + ": ", "empty");
    refused(jar("{\"version\": 1}"), "resource " + PLACE + "unmask.json: ", "members");
  }

  private static void refused(Path jar, String... parts) throws Exception {
    from(
        jar,
        () ->
            assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(BundledDefaultTest::detector)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).contains(parts)));
  }

  private static Detector detector() {
    return Detector.builder().backend(new InterpreterBackend()).open();
  }

  /** Does something with the jar on the class path. */
  private static void from(Path jar, Callable<?> action) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (JarFirst loader = new JarFirst(jar)) {
      thread.setContextClassLoader(loader);
      action.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** A jar of the module's classes, a manifest if there is one, and folds from the first on. */
  private Path jar(String manifest, byte[]... folds) throws Exception {
    Path jar = Files.createTempFile(folder, "ensemble", ".jar");
    Path classes =
        Path.of(EnsembleSource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      List<Path> files =
          all.filter(path -> path.toString().endsWith(".class") || inServices(path)).toList();
      for (Path each : files) {
        String name = classes.relativize(each).toString().replace('\\', '/');
        add(zip, name, Files.readAllBytes(each));
      }
      if (manifest != null) {
        add(zip, PLACE + "unmask.json", manifest.getBytes(StandardCharsets.UTF_8));
      }
      for (int i = 0; i < folds.length; i++) {
        add(zip, PLACE + fold(i + 1), folds[i]);
      }
    }
    return jar;
  }

  private static boolean inServices(Path path) {
    return path.getParent().endsWith("META-INF/services") && Files.isRegularFile(path);
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
  }
}
