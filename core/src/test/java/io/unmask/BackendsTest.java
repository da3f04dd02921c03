package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.unmask.discovery.Providers;
import io.unmask.error.BackendException;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Trainable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackendsTest {

  private static final Availability YES = new Availability.Available("engine 1", "cpu");
  private static final Availability NO =
      new Availability.Unavailable("the driver is missing", "install the driver");

  @Test
  void withoutAChoiceTheHighestPriorityAmongTheAvailableIsTaken() {
    Backends backends =
        backends(new Named("slow", 1, YES), new Named("fast", 3, NO), new Named("good", 2, YES));
    assertThat(backends.select(Optional.empty()).name()).isEqualTo("good");
    assertThat(backends.entries())
        .extracting(Backends.Entry::name)
        .containsExactly("fast", "good", "slow");
  }

  @Test
  void aChoiceGoesBeforePriority() {
    Backends backends = backends(new Named("slow", 1, YES), new Named("good", 2, YES));
    assertThat(backends.select(choice("slow")).name()).isEqualTo("slow");
  }

  @Test
  void anUnknownNameIsAnErrorThatListsAllThereIs() {
    Backends backends = backends(new Named("good", 2, YES), new Named("fast", 3, NO));
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> backends.select(choice("cuda")))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1))
        .withMessageContaining("there is no backend 'cuda' (asked for by the test)")
        .withMessageContaining("good (some.jar, available)")
        .withMessageContaining(
            "fast (some.jar, unavailable: the driver is missing; install the driver)");
  }

  @Test
  void aChosenBackendThatIsUnavailableIsAnErrorAndNotReplaced() {
    Backends backends = backends(new Named("good", 2, YES), new Named("fast", 3, NO));
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> backends.select(choice("fast")))
        .withMessageContaining("cannot be used")
        .withMessageContaining("the driver is missing");
  }

  @Test
  void noneAtAllNamesTheDependencyTheServicesFilesAndTheFaults() {
    Backends backends =
        Backends.of(Device.AUTO, new Providers<>(List.of(), List.of("test.Backend not found")));
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> backends.select(Optional.empty()))
        .withMessageContaining("the class path offers none")
        .withMessageContaining("test.Backend not found")
        .withMessageContaining("io.unmask:unmask-backend-cpu")
        .withMessageContaining("META-INF/services");
  }

  @Test
  void aProbeThatThrowsMakesThatBackendUnavailableAndNoOther() {
    Backend broken =
        new Named("broken", 9, YES) {
          @Override
          public Availability probe(Device device) {
            throw new UnsatisfiedLinkError("no engine in java.library.path");
          }
        };
    Backends backends = backends(broken, new Named("good", 2, YES));
    assertThat(backends.select(Optional.empty()).name()).isEqualTo("good");
    assertThat(backends.entries().get(0).availability().toString()).contains("no engine in java");
  }

  @Test
  void aBackendThatFailsToSayItsPriorityIsReportedAndHidesNoOther() {
    Backend broken =
        new Named("broken", 9, YES) {
          @Override
          public int priority() {
            throw new IllegalStateException("no priority today");
          }

          @Override
          public Optional<Trainable> trainable() {
            throw new NoClassDefFoundError("org/engine/Trainer");
          }
        };
    Backends backends = backends(broken, new Named("good", 2, YES));
    assertThat(backends.select(Optional.empty()).name()).isEqualTo("good");
    assertThat(backends.entries())
        .extracting(Backends.Entry::name)
        .containsExactly("good", "broken");
    assertThat(backends.entries().get(1).availability().toString()).contains("no priority today");
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> backends.select(choice("broken")))
        .withMessageContaining("no priority today");
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> backends.trainer(Optional.empty()))
        .withMessageContaining("no backend that can train");
  }

  @Test
  void whatIsListedAsPresentIsNotToBeAdded() {
    Backends absent = backends(new Named("cpu", 2, NO));
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> absent.select(Optional.empty()))
        .withMessageContaining(
            "cpu (some.jar, unavailable: the driver is missing; install the driver)")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("add the Maven dependency"));
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> absent.select(choice("cpu")))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("add the Maven dependency"));
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> backends(new Named("tensorflow", 2, NO)).trainer(Optional.empty()))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("add the Maven dependency"));
  }

  @Test
  void aGpuThatIsAskedForButAbsentIsAnError() {
    Providers<Backend> fake =
        new Providers<>(
            List.of(new Providers.Found<>("fake", FakeBackend.putsOut(1), "some.jar")), List.of());
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> Backends.of(Device.GPU, fake).select(Optional.empty()))
        .withMessageContaining("no backend can be used on the device gpu")
        .withMessageContaining("it has no GPU");
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> Backends.check(FakeBackend.putsOut(1), Device.GPU))
        .withMessageContaining("it has no GPU");
    assertThatNoException().isThrownBy(() -> Backends.check(FakeBackend.putsOut(1), Device.CPU));
  }

  @Test
  void theProgramGoesBeforeThePropertyAndThatBeforeTheEnvironment() {
    String key = "unmask.test";
    assertThat(Choice.of(null, "test", variable -> null)).isEmpty();
    assertThat(Choice.of(null, "test", variable -> variable))
        .contains(new Choice("UNMASK_TEST", "the environment variable UNMASK_TEST"));
    System.setProperty(key, " property ");
    try {
      assertThat(Choice.of(null, "test", variable -> variable))
          .contains(new Choice("property", "the system property unmask.test"));
      assertThat(Choice.of("explicit", "test", variable -> variable))
          .contains(new Choice("explicit", "the program or its options"));
      System.setProperty(key, "");
      assertThat(Choice.of(null, "test", variable -> null)).isEmpty();
    } finally {
      System.clearProperty(key);
    }
  }

  @Test
  void aTrainerIsTheBestThatCanTrain() {
    Named trainer =
        new Named("trainer", 1, YES) {
          @Override
          public Optional<Trainable> trainable() {
            return Optional.of(
                (network, options) -> {
                  throw new AssertionError("not asked for");
                });
          }
        };
    Backends backends = backends(new Named("good", 2, YES), trainer);
    assertThat(backends.trainer(Optional.empty())).isSameAs(trainer);
    assertThat(backends.trainer(Optional.of("trainer"))).isSameAs(trainer);
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> backends.trainer(Optional.of("good")))
        .withMessageContaining("backend 'good' cannot train")
        .withMessageContaining("io.unmask:unmask-tensorflow-cpu");
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> backends(new Named("good", 2, YES)).trainer(Optional.empty()))
        .withMessageContaining("no backend that can train")
        .withMessageContaining("good (some.jar, available)");
  }

  private static Optional<Choice> choice(String name) {
    return Optional.of(new Choice(name, "the test"));
  }

  private static Backends backends(Backend... backends) {
    return Backends.of(
        Device.AUTO,
        new Providers<>(
            Arrays.stream(backends)
                .map(b -> new Providers.Found<>(b.name(), b, "some.jar"))
                .toList(),
            List.of()));
  }

  private static class Named extends FakeBackend {
    private final String name;
    private final int priority;
    private final Availability availability;

    Named(String name, int priority, Availability availability) {
      super(pixels -> new float[0][]);
      this.name = name;
      this.priority = priority;
      this.availability = availability;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int priority() {
      return priority;
    }

    @Override
    public Availability probe(Device device) {
      return availability;
    }
  }
}
