package io.unmask;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.common.reflect.ClassPath;
import com.google.common.testing.NullPointerTester;
import io.unmask.spi.Conventions;
import io.unmask.spi.Device;
import io.unmask.spi.Face;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Model;
import io.unmask.spi.PixelScaling;
import io.unmask.spi.Precision;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.Views;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A caller's null is refused where it comes in, as a NullPointerException, and not used later. */
class NullsTest {

  static Stream<Class<?>> types() throws IOException {
    return ClassPath.from(Detector.class.getClassLoader()).getTopLevelClasses("io.unmask").stream()
        .<Class<?>>map(ClassPath.ClassInfo::load)
        .filter(type -> Modifier.isPublic(type.getModifiers()) && !type.isInterface())
        .filter(type -> !type.getSimpleName().endsWith("Test"));
  }

  private static NullPointerTester tester() {
    NullPointerTester tester = new NullPointerTester();
    tester.setDefault(InputFormat.class, InputFormat.unitRange(2, 2));
    tester.setDefault(Precision.class, Precision.F32);
    tester.setDefault(ProgramInfo.class, new ProgramInfo("a", "b", "c", 1));
    tester.setDefault(Views.class, Views.WHOLE_IMAGE);
    tester.setDefault(Device.class, Device.CPU);
    tester.setDefault(PixelScaling.class, PixelScaling.of(255, 0));
    tester.setDefault(Conventions.class, Conventions.NONE);
    tester.setDefault(
        Classification.Timings.class,
        new Classification.Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    tester.setDefault(
        Classification.class,
        Classification.builder(
                Label.REAL,
                0,
                new Classification.Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO))
            .build());
    tester.setDefault(
        Face.class, new Face(new Face.Box(0, 0, 1, 1), List.of(new Face.Point(0, 0)), 0.5));
    tester.setDefault(Model.class, TestModels.model(1, 0.5));
    return tester;
  }

  @ParameterizedTest
  @MethodSource("types")
  void constructorsAndStaticMethodsRefuseNulls(Class<?> type) {
    assertThatCode(
            () -> {
              tester().testAllPublicConstructors(type);
              tester().testAllPublicStaticMethods(type);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void theBuilderRefusesNulls() throws Exception {
    NullPointerTester tester = tester();
    tester.ignore(DetectorBuilder.class.getMethod("open"));
    tester.ignore(DetectorBuilder.class.getMethod("prepare"));
    tester.testAllPublicInstanceMethods(Detector.builder());
    tester.testAllPublicInstanceMethods(
        DetectorInfo.of("a", new ProgramInfo("a", "b", "c", 1), InputFormat.unitRange(2, 2)));
  }
}
