package io.unmask;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package may know which. */
class ArchitectureTest {

  /** The modules below this one are folders or, once they are packaged, jars. */
  private static final Pattern OUR_JARS =
      Pattern.compile(".*/unmask-[a-z0-9.-]+(?<!-tests)\\.jar!.*");

  /** A copy of another's classes. */
  private static final Pattern JHDF = Pattern.compile(".*/(core/|unmask-)jhdf.*");

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/testkit/"))
          .withImportOption(location -> !location.matches(JHDF))
          .withImportOption(location -> !location.isJar() || location.matches(OUR_JARS))
          .importPackages("io.unmask");

  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
          return "packages";
        }
      };

  @ParameterizedTest
  @CsvSource({
    "error,",
    "concurrent,",
    "files,",
    "json,",
    "discovery,",
    "network, error",
    "network.pass, error network",
    "network.attribution, error network network.pass",
    "network.architecture, error network network.pass",
    "keras.fault, json",
    "keras.bytes, error files network keras.fault",
    "keras.hdf5, jhdf.. network keras.fault keras.bytes",
    "keras.archive, keras.fault keras.bytes keras.hdf5",
    "keras.config, json keras.fault",
    "keras.layers, json network keras.fault keras.config keras.hdf5",
    "keras.write, network keras.fault keras.config keras.hdf5",
    "keras.file, json jhdf.. network keras.fault keras.bytes keras.hdf5 keras.archive keras.config"
        + " keras.layers",
    "keras, error files json network keras..",
    "spi, concurrent error network",
    "image.webp,",
    "image.jpeg,",
    "image, error files network spi discovery image.webp image.jpeg",
    "image.provenance.container,",
    "image.provenance.c2pa, concurrent image.provenance.container",
    "image.provenance, files json image.provenance.container image.provenance.c2pa",
    "model, error files json network network.pass keras spi",
  })
  void aPackageKnowsOnlyThoseBelowIt(String room, String below) {
    String names = below == null ? room : room + " " + below;
    String[] allowed =
        Arrays.stream(names.split(" ")).map(name -> "io.unmask." + name).toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage("io.unmask." + room)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("io.unmask..").or(resideInAnyPackage(allowed)))
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void thereAreNoCyclesBetweenPackages() {
    slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(CORE);
  }

  @Test
  void coreKnowsNoEngine() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.imageio..",
            "javax.security.auth.x500..",
            "io.unmask..",
            "com.fasterxml.jackson.core..",
            "org.jspecify..")
        .check(CORE);
  }
}
