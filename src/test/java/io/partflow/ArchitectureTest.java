package io.partflow;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Holds the rooms of the house, their directions and the rules that a class file can show.
class ArchitectureTest {

    private static final String ROOT = "io.partflow";
    private static final int MOST_TYPES_PER_PACKAGE = 25;

    /// From the top. A room may use every row below its own; inside a row only the edges of [#BESIDE].
    private static final List<List<String>> ROWS = List.of(
            List.of("app", "cli"),
            List.of("ui.editor", "ui.charts", "ui.inspect", "ui.tune"),
            List.of("ui.support"),
            List.of("pipeline"),
            List.of("engine.builtin"),
            List.of("engine.insight"),
            List.of("engine.run", "engine.prompt", "engine.trace"),
            List.of("engine.cache"),
            List.of("engine.processor"),
            List.of("engine.stream"),
            List.of("engine.content"));

    private static final Map<String, String> BESIDE = Map.of("app", "cli", "engine.run", "engine.trace");

    /// What lies beside this class is a test, whatever the folder is called.
    private static final ImportOption IS_TEST = location -> location.contains(ownFolder());

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(location -> !IS_TEST.includes(location))
            .importPackages(ROOT);

    private static final JavaClasses TESTS =
            new ClassFileImporter().withImportOption(IS_TEST).importPackages(ROOT);

    private static String ownFolder() {
        return ArchitectureTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }

    @Test
    void packages_ofTheProduct_areRoomsOrInsideRooms() {
        check(PRODUCT, classes().should(new ArchCondition<>("live in a room of ARCHITECTURE") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackageName().equals(ROOT)
                        && roomOf(type.getPackageName()).isEmpty()) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is in no room"));
                }
            }
        }));
    }

    @Test
    void rooms_useOnlyRoomsBelowThem() {
        check(
                PRODUCT,
                classes()
                        .should(onlyDependOn("rooms below their own", (from, to) -> mayUse(from, to)))
                        .because("a room that looks up cannot be understood, tested or moved alone"));
    }

    @Test
    void packages_haveNoCycles() {
        check(PRODUCT, slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void engineAndPipeline_knowNoJavaFx() {
        check(
                PRODUCT,
                noClasses()
                        .that()
                        .resideInAnyPackage(ROOT + ".engine..", ROOT + ".pipeline..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("javafx..", "com.sun.javafx..", "org.controlsfx..", "atlantafx..")
                        .because("the same engine runs without a window"));
    }

    @Test
    void commands_knowNoJavaFx_exceptWhereTheyDraw() {
        check(
                PRODUCT,
                classes()
                        .that()
                        .resideInAPackage(ROOT + ".cli..")
                        .should(onlyUseOutside("JavaFX", resideInAnyPackage("javafx..", ROOT + ".ui..")))
                        .because("a command starts faster and runs anywhere without it"));
    }

    @Test
    void viewModels_useNoScene() {
        check(
                PRODUCT,
                noClasses()
                        .that()
                        .haveSimpleNameEndingWith("ViewModel")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..")
                        .because("a view model is tested without a toolkit"));
    }

    @Test
    void crossings_giveAReason() {
        for (JavaClass type : PRODUCT) {
            crossing(type).ifPresent(crossing -> {
                assertThat((String) crossing.get("reason").orElse(""))
                        .as("reason of %s", type.getName())
                        .isNotBlank();
                assertThat(crossedBy(type)).as("packages of %s", type.getName()).isNotEmpty();
            });
        }
    }

    @Test
    void packages_areNullMarked() {
        check(PRODUCT, classes().should(new ArchCondition<>("be in a package with a @NullMarked package-info") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not"));
                }
            }
        }));
    }

    @Test
    void packages_holdAtMost25Types() {
        Map<String, Long> sizes = PRODUCT.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        sizes.values().removeIf(size -> size <= MOST_TYPES_PER_PACKAGE);
        assertThat(sizes)
                .as("packages with more than %d types", MOST_TYPES_PER_PACKAGE)
                .isEmpty();
    }

    @Test
    void names_sayWhatATypeIs() {
        check(
                PRODUCT,
                noClasses()
                        .that()
                        .areTopLevelClasses()
                        .should()
                        .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Data|Info|Base)")
                        .because("such a name says nothing"));
    }

    @Test
    void timeAndChance_inEngineAndPipeline_areHandedIn() {
        check(
                PRODUCT,
                noClasses()
                        .that()
                        .resideInAnyPackage(ROOT + ".engine..", ROOT + ".pipeline..")
                        .and()
                        .doNotHaveFullyQualifiedName(ROOT + ".engine.stream.SystemClock")
                        .should()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(Math.class, "random")
                        .because("a test hands in its own clock and seed"));
    }

    @Test
    void exit_isCalledByAppAlone() {
        check(
                PRODUCT,
                noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + ".app..")
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .because("whoever calls it cuts off every close and flush of the others"));
    }

    @Test
    void nobody_sleeps() {
        ArchRule rule = noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because("waiting has a condition, and a test that sleeps is slow or flaky");
        check(TESTS, rule);
        check(
                new ClassFileImporter()
                        .withImportOption(location -> !IS_TEST.includes(location))
                        .importPackages(ROOT + ".ui", ROOT + ".pipeline"),
                rule);
    }

    @Test
    void testMethods_arePackagePrivateInClassesNamedTest() {
        check(
                TESTS,
                methods()
                        .that()
                        .areAnnotatedWith(Test.class)
                        .should()
                        .bePackagePrivate()
                        .andShould()
                        .beDeclaredInClassesThat(describe(
                                "are named ...Test or nested in such a class",
                                type -> outermost(type).getSimpleName().endsWith("Test")
                                        && !outermost(type).getModifiers().contains(JavaModifier.PUBLIC))));
    }

    private static void check(JavaClasses classes, ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }

    private static boolean mayUse(String fromRoom, String toRoom) {
        int from = rowOf(fromRoom);
        int to = rowOf(toRoom);
        return from < to || fromRoom.equals(toRoom) || toRoom.equals(BESIDE.get(fromRoom));
    }

    private static int rowOf(String room) {
        for (int row = 0; row < ROWS.size(); row++) {
            if (ROWS.get(row).contains(room)) {
                return row;
            }
        }
        throw new IllegalArgumentException("no such room: " + room);
    }

    /// The room of a package: the one whose name it has or lies under.
    private static Optional<String> roomOf(String packageName) {
        return ROWS.stream()
                .flatMap(List::stream)
                .filter(room -> isInside(packageName, ROOT + "." + room))
                .findFirst();
    }

    private static boolean isInside(String packageName, String outer) {
        return packageName.equals(outer) || packageName.startsWith(outer + ".");
    }

    @FunctionalInterface
    private interface Direction {
        boolean allows(String fromRoom, String toRoom);
    }

    private static ArchCondition<JavaClass> onlyDependOn(String description, Direction direction) {
        return new ArchCondition<>("depend only on " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Optional<String> from = roomOf(type.getPackageName());
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    Optional<String> to = roomOf(target.getPackageName());
                    boolean allowed = from.isEmpty()
                            ? to.isEmpty()
                            : to.isEmpty() || direction.allows(from.get(), to.get()) || crosses(type, target);
                    if (!allowed) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> onlyUseOutside(String description, DescribedPredicate<JavaClass> inside) {
        return new ArchCondition<>("use no " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (inside.test(target) && !crosses(type, target)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean crosses(JavaClass type, JavaClass target) {
        return crossedBy(outermost(type)).stream().anyMatch(outer -> isInside(target.getPackageName(), outer));
    }

    private static List<String> crossedBy(JavaClass type) {
        return crossing(type)
                .flatMap(annotation -> annotation.get("to"))
                .map(to -> Arrays.asList((String[]) to))
                .orElse(List.of());
    }

    private static Optional<JavaAnnotation<JavaClass>> crossing(JavaClass type) {
        return type.tryGetAnnotationOfType(CrossesRooms.class.getName());
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
