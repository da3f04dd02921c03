package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.unmask.error.BackendException;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.Device;
import io.unmask.spi.Model;
import io.unmask.spi.ModelRequest;
import io.unmask.spi.ModelSource;
import io.unmask.testkit.ServicesClassLoader;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DetectorBuilderTest {

  private static final FakeBackend BACKEND = FakeBackend.putsOut(0.75f);

  @Test
  void noModelAndNullAreTheCallersMistakes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().model())
        .withMessageContaining("names no model");
    assertThatNullPointerException()
        .isThrownBy(() -> Detector.builder().model((Path[]) null))
        .withMessage("paths");
    assertThatNullPointerException()
        .isThrownBy(() -> Detector.builder().model(Path.of("a.keras"), null))
        .withMessage("one of the paths is null");
    assertThatNullPointerException()
        .isThrownBy(() -> Detector.builder().backend((String) null))
        .withMessage("backend");
  }

  @Test
  void refusesContradictionsAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().backend("cpu").backend(BACKEND))
        .withMessageContaining("backend is already set to cpu");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().backend(BACKEND).backend("cpu"))
        .withMessageContaining("backend is already set to fake");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().preprocessor("x").preprocessor(new JavaPreprocessor()))
        .withMessage("preprocessor is already set to x, and cannot be java as well");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().preprocessor(new JavaPreprocessor()).preprocessor("x"))
        .withMessage("preprocessor is already set to java, and cannot be x as well");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().backend("cpu").backend(BACKEND))
        .withMessage("backend is already set to cpu, and cannot be fake as well");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().device(Device.CPU).device(Device.GPU));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().threshold(0.5).threshold(0.6));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().fusion("a").fusion("b"));
  }

  @Test
  void refusesWhatIsOutOfRangeAtOnce() {
    for (double threshold : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Detector.builder().threshold(threshold));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Detector.builder().threads(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Detector.builder().threads(1025));
    assertThatIllegalArgumentException().isThrownBy(() -> Detector.builder().fakeClass(-1));
    assertThatNullPointerException().isThrownBy(() -> Detector.builder().backend((String) null));
  }

  @Test
  void aGivenBackendMustSupportTheDevice() {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> Detector.builder().backend(BACKEND).device(Device.GPU).open())
        .withMessage("backend 'fake' cannot be used on the device gpu: it has no GPU; buy one");
  }

  @Test
  void anUnknownPreprocessorIsAnErrorThatListsThoseThatAre() {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> Detector.builder().backend(BACKEND).preprocessor("none").open())
        .withMessageContaining("there is no preprocessor 'none'")
        .withMessageContaining("the class path offers java");
  }

  @Test
  void preparingLoadsTheEngineOfTheBackendThatOpeningWouldUse() {
    FakeBackend backend = FakeBackend.putsOut(0.5f);
    Detector.builder().backend(backend).prepare();
    assertThat(backend.prepared).hasValue(1);
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> Detector.builder().prepare())
        .withMessageContaining("io.unmask:unmask-backend-cpu");
  }

  @Test
  void withoutABackendOnTheClassPathOpeningFailsAndSaysWhatToAdd() {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> Detector.builder().model(Path.of("model.keras")).open())
        .withMessageContaining("io.unmask:unmask-backend-cpu");
  }

  @Test
  void theSettingsReachTheModelAndTheBackend() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(
        new ServicesClassLoader(ModelSource.class, Several.class.getName()));
    FakeBackend backend = FakeBackend.putsOut(0.75f);
    try (Detector detector =
        Detector.builder()
            .model(Path.of("a.keras"), Path.of("b.keras"))
            .fakeClass(0)
            .backend(backend)
            .threads(3)
            .threshold(0.2)
            .open()) {
      Classification classification = detector.classify(new float[48]);
      assertThat(classification.probability()).isEqualTo(0.25);
      assertThat(classification.label()).isEqualTo(Label.FAKE);
      assertThat(detector.info().threshold()).isEqualTo(0.2);
      assertThat(backend.compiled).hasSize(1);
      assertThat(backend.compiled.get(0).threads()).isEqualTo(3);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Stands for the ensemble module. */
  public static final class Several implements ModelSource {
    @Override
    public String name() {
      return "several";
    }

    @Override
    public Model load(ModelRequest request) {
      assertThat(request.paths()).hasSize(2);
      assertThat(request.fakeClass()).isEqualTo(OptionalInt.of(0));
      return TestModels.model(0, 0.9);
    }
  }
}
