package io.unmask.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.error.ImageException;
import org.junit.jupiter.api.Test;

class EngineFailureTest {

  private static final String REMEDY = "see that there is room";

  @Test
  void theInnermostCauseIsTheReason() {
    Throwable disk = new java.io.IOException("No space left on device\nand more");
    Throwable outer = new UnsatisfiedLinkError("no library").initCause(disk);
    assertThat(EngineFailure.loading("it fails", outer, REMEDY))
        .hasMessage(
            "it fails: java.io.IOException: No space left on device; see that there is room; see"
                + " docs/errors.md#native-loading")
        .hasCause(outer);
  }

  @Test
  void whatAClassCouldNotBeInitialisedForIsTheReasonAtTheSecondAttemptToo() throws Exception {
    String first = "java.lang.UnsatisfiedLinkError: no jnidnnl in java.library.path";
    assertThat(EngineFailure.loading("it fails", secondAttempt(first), REMEDY))
        .hasMessage("it fails: %s; %s; see docs/errors.md#native-loading".formatted(first, REMEDY));
  }

  @Test
  void aClassThatLacksIsAMissingJar() {
    Throwable missing = new NoClassDefFoundError("com/sun/jna/Platform");
    assertThat(EngineFailure.loading("it fails", missing, REMEDY))
        .hasMessageContaining("com/sun/jna/Platform; the class path lacks that class")
        .hasMessageEndingWith("see docs/errors.md#missing-jar");
    Throwable type = new TypeNotPresentException("org.bytedeco.opencl.presets.OpenCL", null);
    assertThat(EngineFailure.of("it fails", type))
        .hasMessageContaining("org.bytedeco.opencl.presets.OpenCL")
        .hasMessageEndingWith("see docs/errors.md#missing-jar");
    Throwable again = secondAttempt("java.lang.NoClassDefFoundError: com/sun/jna/Platform");
    assertThat(EngineFailure.loading("it fails", again, REMEDY))
        .hasMessageEndingWith("see docs/errors.md#missing-jar");
  }

  @Test
  void aMethodThatLacksIsAnotherVersion() {
    Throwable missing = new NoSuchMethodError("'void org.bytedeco.javacpp.Loader.check()'");
    assertThat(EngineFailure.of("it fails", missing))
        .hasMessageContaining("'void org.bytedeco.javacpp.Loader.check()'")
        .hasMessageEndingWith("see docs/errors.md#versions");
    Throwable again = secondAttempt("java.lang.NoSuchMethodError: 'void Loader.check()'");
    assertThat(EngineFailure.loading("it fails", again, REMEDY))
        .hasMessageEndingWith("see docs/errors.md#versions");
  }

  @Test
  void anythingElseIsTheEngine() {
    assertThat(EngineFailure.of("it fails", new RuntimeException("could not create a primitive")))
        .hasMessage("it fails: could not create a primitive; see docs/errors.md#engine");
    assertThat(EngineFailure.of("it fails", new NullPointerException()))
        .hasMessage("it fails: java.lang.NullPointerException; see docs/errors.md#engine");
  }

  @Test
  void memoryIsToldFromAllElse() {
    Throwable inner = new OutOfMemoryError("Physical memory usage is too high");
    Throwable outer = new OutOfMemoryError("Cannot allocate").initCause(inner);
    assertThat(EngineFailure.of("it fails", outer))
        .hasMessageContaining("OutOfMemoryError: Physical memory usage is too high; there is not")
        .hasMessageEndingWith("see docs/errors.md#memory");
  }

  @Test
  void aThreadThatCannotBeStartedIsNoLackOfMemory() {
    Throwable thread =
        new OutOfMemoryError("unable to create native thread: possibly out of memory");
    Throwable outer = new ExceptionInInitializerError(thread);
    assertThat(EngineFailure.of("it fails", outer))
        .hasMessageStartingWith("it fails: no more threads can be started: ")
        .hasMessageNotContainingAny("OutOfMemoryError", "fewer");
  }

  @Test
  void whatIsKnownAlreadyStaysAsItIs() {
    ImageException known = new ImageException("face.jpg: torn");
    assertThat(EngineFailure.of("it fails", known)).isSameAs(known);
  }

  /** What Java throws once more for a class that could not be initialised, since JDK 17. */
  private static Throwable secondAttempt(String first) {
    return new NoClassDefFoundError("Could not initialize class org.bytedeco.Engine")
        .initCause(
            new ExceptionInInitializerError(
                "Exception " + first + " [in thread \"unmask-backend-ahead\"]"));
  }
}
