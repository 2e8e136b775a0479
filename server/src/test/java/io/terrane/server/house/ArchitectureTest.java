package io.terrane.server.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What Maven cannot see. The modules' poms stop the coarse mistakes, these rules the fine ones;
 * think hard before changing one.
 */
class ArchitectureTest {
  private static final String ROOT = "io.terrane";

  private static final List<String> ROOMS =
      List.of(
          "io.terrane.frontend",
          "io.terrane.query",
          "io.terrane.infoschema",
          "io.terrane.meta",
          "io.terrane.datanode",
          "io.terrane.rpc");

  /** Which package alone may touch a library. */
  private static final Map<String, List<String>> OWNERS =
      Map.of(
          "org.apache.calcite..", List.of("io.terrane.query.."),
          "org.apache.kafka..", List.of("io.terrane.log..", "io.terrane.server.embedded.."),
          "software.amazon.awssdk..",
              List.of("io.terrane.objectstore..", "io.terrane.server.embedded.."),
          "org.apache.arrow.flight..", List.of("io.terrane.rpc.."),
          "io.grpc..", List.of("io.terrane.rpc.."),
          "com.google.protobuf..", List.of("io.terrane.rpc.."),
          "io.netty..", List.of("io.terrane.frontend.."));

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Fixtures come in jars of their own.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(ROOT);
    assertThat(classes.size()).as("classes of the house").isGreaterThan(100);
  }

  @Test
  void roomsDoNotKnowEachOther() {
    for (String room : ROOMS) {
      String[] others =
          ROOMS.stream()
              .filter(other -> !other.equals(room))
              .map(other -> other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(room + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(classes);
    }
  }

  @Test
  void theVocabularyKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage("io.terrane.api..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("io.terrane.api..", "java..", "org.apache.arrow..", "org.slf4j..")
        .check(classes);
  }

  @Test
  void nobodyKnowsTheAssembly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.terrane.server..", "io.terrane.sqllogictest..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.terrane.server..")
        .check(classes);
  }

  @Test
  void eachLibraryHasItsPlace() {
    OWNERS.forEach(
        (library, owners) ->
            noClasses()
                .that()
                .resideOutsideOfPackages(owners.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(classes));
  }

  @Test
  void executionKnowsNoPlanner() {
    noClasses()
        .that()
        .resideInAnyPackage("io.terrane.query.exec..", "io.terrane.query.expr..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.calcite..")
        .check(classes);
  }

  @Test
  void roomsHaveNoCycleBetweenThem() {
    slices().matching("io.terrane.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void nothingIsCalledUtil() {
    assertThat(classes.stream().map(c -> c.getName()))
        .noneMatch(name -> name.contains(".util.") || name.contains(".common."));
    assertThat(classes.stream().map(c -> c.getSimpleName()))
        .noneMatch(name -> name.endsWith("Util") || name.endsWith("Utils"))
        .noneMatch(name -> name.endsWith("Helper"));
  }
}
