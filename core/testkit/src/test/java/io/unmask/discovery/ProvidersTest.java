package io.unmask.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Preprocessor;
import io.unmask.testkit.ServicesClassLoader;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersTest {

  @Test
  void findsTheProvidersOfAllLoadersInOrderAndEachOnce() {
    Providers<Preprocessor> providers =
        find(loader(Second.class.getName(), First.class.getName()), loader(First.class.getName()));
    assertThat(providers.names()).isEqualTo("second, first");
    assertThat(providers.faults()).isEmpty();
    assertThat(providers.named("first")).get().extracting(f -> f.origin()).isNotNull();
    assertThat(providers.named("third")).isEmpty();
  }

  @Test
  void keepsWhatIsBrokenAsFaultsAndTheOthersStillWork() {
    Providers<Preprocessor> providers =
        find(
            loader(
                "test.Missing",
                Throwing.class.getName(),
                ServicesClassLoader.UNLINKABLE,
                ProvidersTest.class.getName(),
                Nameless.class.getName(),
                Null.class.getName(),
                First.class.getName()));
    assertThat(providers.names()).isEqualTo("first");
    assertThat(providers.faults()).hasSize(6);
    assertThat(providers.faults().get(0)).contains("test.Missing");
    assertThat(providers.faults().get(1)).contains("Throwing").contains("constructor fails");
    assertThat(providers.faults().get(2)).contains("org/engine/Missing");
    assertThat(providers.faults().get(3)).contains("not a subtype");
    assertThat(providers.faults().get(4)).contains("Nameless").contains("no name today");
    assertThat(providers.faults().get(5)).contains("Null").contains("has no name");
    assertThat(providers.describeFaults()).startsWith("; broken: ").hasLineCount(1);
  }

  @Test
  void aLoaderThatFailsForeverEnds() {
    String[] missing = new String[1000];
    for (int i = 0; i < missing.length; i++) {
      missing[i] = "test.Missing" + i;
    }
    assertThat(find(loader(missing)).faults()).hasSize(100);
  }

  @Test
  void findsWhatTheContextClassLoaderSees() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader(First.class.getName()));
    try {
      assertThat(Providers.find(Preprocessor.class, Preprocessor::name).names()).isEqualTo("first");
      thread.setContextClassLoader(null);
      assertThat(Providers.find(Preprocessor.class, Preprocessor::name).names()).isEqualTo("none");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static ClassLoader loader(String... providers) {
    return new ServicesClassLoader(Preprocessor.class, providers);
  }

  private static Providers<Preprocessor> find(ClassLoader... loaders) {
    return Providers.find(Preprocessor.class, Preprocessor::name, List.of(loaders));
  }

  /** A provider that works. */
  public static class First implements Preprocessor {
    @Override
    public String name() {
      return "first";
    }

    @Override
    public ImageSize process(
        byte[] encoded, String source, InputFormat format, FloatBuffer target) {
      return new ImageSize(1, 1);
    }

    @Override
    public ImageSize process(BufferedImage image, InputFormat format, FloatBuffer target) {
      return new ImageSize(1, 1);
    }
  }

  /** Another. */
  public static final class Second extends First {
    @Override
    public String name() {
      return "second";
    }
  }

  /** A provider that cannot be made. */
  public static final class Throwing extends First {
    /** Fails. */
    public Throwing() {
      throw new IllegalStateException("the constructor fails");
    }
  }

  /** A provider that says nothing. */
  public static final class Null extends First {
    @Override
    @SuppressWarnings("NullAway") // as careless authors do
    public String name() {
      return null;
    }
  }

  /** A provider that cannot be asked. */
  public static final class Nameless extends First {
    @Override
    public String name() {
      throw new IllegalStateException("no name today");
    }
  }
}
