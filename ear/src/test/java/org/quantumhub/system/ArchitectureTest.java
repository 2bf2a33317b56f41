package org.quantumhub.system;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.MappedSuperclass;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.quantumhub.analytics.service.UsageReports;
import org.quantumhub.billing.service.Invoicing;
import org.quantumhub.execution.Job;
import org.quantumhub.execution.service.Lanes;
import org.quantumhub.shared.service.HubClock;

/// The rules of the house, read from the classes that were built.
class ArchitectureTest {

    private static final JavaClasses HUB = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.quantumhub");

    private static final DescribedPredicate<JavaClass> DOORS = resideInAnyPackage("..rest..", "..batch..");

    /// What queries or writes the database: it lies in the persistence unit and is not a value or an entity.
    private static final DescribedPredicate<JavaClass> REPOSITORIES = simpleNameEndingWith("Repository")
            .or(simpleNameEndingWith("Register"))
            .or(DescribedPredicate.describe(
                    "works on connections", type -> !resideInService(type) && takesConnection(type)))
            .or(DescribedPredicate.describe("is the entity manager", type -> type.isEquivalentTo(EntityManager.class)))
            .as("repositories");

    private static boolean resideInService(JavaClass type) {
        return type.getPackageName().endsWith(".service");
    }

    private static boolean takesConnection(JavaClass type) {
        return type.getPackageName().startsWith("org.quantumhub.")
                && type.getMethods().stream()
                        .anyMatch(method -> method.getRawParameterTypes().stream()
                                .anyMatch(parameter -> parameter.isEquivalentTo(java.sql.Connection.class)));
    }

    @Test
    void domains_depend_on_each_other_as_the_picture_shows() {
        classes()
                .should(adhereToPlantUmlDiagram(
                        Project.folder().resolve("docs/architecture/domains.puml"),
                        consideringOnlyDependenciesInAnyPackage("org.quantumhub..")))
                .check(HUB);
    }

    @Test
    void domains_know_each_other_in_one_direction_only() {
        slices().matching("org.quantumhub.(*)..").should().beFreeOfCycles().check(HUB);
    }

    @Test
    void the_model_knows_no_service_and_no_door() {
        noClasses()
                .that(not(resideInAnyPackage("..service..", "..rest..", "..batch..", "..launch..", "..load..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.quantumhub..service..", "org.quantumhub..rest..", "org.quantumhub..batch.."))
                .check(HUB);
    }

    @Test
    void services_know_no_door() {
        noClasses()
                .that(resideInAPackage("..service.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.quantumhub..rest..", "org.quantumhub..batch..", "jakarta.ws.rs..", "jakarta.servlet.."))
                .check(HUB);
    }

    @Test
    void the_engine_stands_alone() {
        noClasses()
                .that(resideInAPackage("org.quantumhub.engine.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta..", "org.eclipse.."))
                .orShould()
                .dependOnClassesThat(
                        resideInAPackage("org.quantumhub..").and(not(resideInAPackage("org.quantumhub.engine.."))))
                .check(HUB);
    }

    @Test
    void doors_never_touch_the_database() {
        noClasses().that(DOORS).should().dependOnClassesThat(REPOSITORIES).check(HUB);
        assertThat(HUB.that(REPOSITORIES).stream().map(JavaClass::getSimpleName))
                .contains("JobRepository", "JobQueue", "JobEndings", "JobRegister", "Ledger", "UserRepository");
    }

    @Test
    void transactions_begin_in_services() {
        noClasses()
                .that(not(resideInAPackage("..service..")))
                .should()
                .beAnnotatedWith(Transactional.class)
                .check(HUB);
        methods()
                .that()
                .areAnnotatedWith(Transactional.class)
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage("..service..")
                .check(HUB);
    }

    @Test
    void resources_answer_with_no_entity() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Path.class)
                .and()
                .arePublic()
                .should(new ArchCondition<>("return nothing made of entities") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        Set<JavaClass> returned = method.getReturnType().getAllInvolvedRawTypes();
                        returned.stream()
                                .filter(type -> type.isAnnotatedWith(Entity.class))
                                .forEach(type -> events.add(SimpleConditionEvent.violated(
                                        method, method.getFullName() + " returns " + type.getName())));
                    }
                })
                .check(HUB);
    }

    @Test
    void resource_methods_say_who_may_call_them() {
        Set<String> undecided = HUB.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(ArchitectureTest::isResourceMethod)
                .filter(method -> !decided(method) && !decided(method.getOwner()))
                .map(JavaMember::getFullName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(undecided).isEmpty();
    }

    static boolean isResourceMethod(JavaMethod method) {
        return method.isMetaAnnotatedWith(HttpMethod.class);
    }

    private static boolean decided(CanBeAnnotated place) {
        return place.isAnnotatedWith(jakarta.annotation.security.PermitAll.class)
                || place.isAnnotatedWith(jakarta.annotation.security.RolesAllowed.class);
    }

    @Test
    void the_time_comes_from_one_place() {
        DescribedPredicate<JavaClass> inTheApplication = not(resideInAnyPackage("..launch..", "..load.."));
        noClasses()
                .that(inTheApplication.and(not(JavaClass.Predicates.type(HubClock.class))))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .check(HUB);
    }

    @Test
    void names_say_what_a_class_is() {
        Pattern banned = Pattern.compile("(.*(Impl|Manager|Helper|Utils?|DTO|Dto|VO))|(Base[A-Z].*)|(I[A-Z][a-z].*)");
        assertThat(HUB.stream()
                        .filter(type -> !type.isAnonymousClass())
                        .map(JavaClass::getSimpleName)
                        .filter(name -> banned.matcher(name).matches()))
                .isEmpty();
    }

    @Test
    void packages_promise_no_null() {
        Set<String> without = HUB.stream()
                .map(JavaClass::getPackage)
                .filter(place -> !marked(place))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(without).isEmpty();
    }

    private static boolean marked(JavaPackage place) {
        return place.tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }

    @Test
    void batch_jobs_that_services_start_are_defined() {
        for (String job : Set.of(Lanes.BATCH_JOB, Invoicing.BATCH_JOB, UsageReports.BATCH_JOB)) {
            String definition = "/META-INF/batch-jobs/" + job + ".xml";
            assertThat(ArchitectureTest.class.getResource(definition))
                    .as(definition)
                    .isNotNull();
        }
        // the names are constants, and no other class starts a job
        assertThat(HUB.stream()
                        .filter(type -> type.getMethodCallsFromSelf().stream()
                                .anyMatch(call ->
                                        call.getTargetOwner().getName().equals("jakarta.batch.operations.JobOperator")
                                                && call.getName().equals("start")))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("Lanes", "Invoicing", "UsageReports");
    }

    @Test
    void the_persistence_unit_lists_each_of_its_classes() throws IOException {
        Set<String> mapped = HUB.stream()
                .filter(type -> type.isAnnotatedWith(Entity.class)
                        || type.isAnnotatedWith(Embeddable.class)
                        || type.isAnnotatedWith(MappedSuperclass.class)
                        || type.isAnnotatedWith(Converter.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT)
                        || type.isAnnotatedWith(MappedSuperclass.class))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        try (InputStream unit = Objects.requireNonNull(Job.class.getResourceAsStream("/META-INF/persistence.xml"))) {
            String text = new String(unit.readAllBytes(), StandardCharsets.UTF_8);
            Set<String> listed = Pattern.compile("<class>(.+?)</class>")
                    .matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(listed).isEqualTo(mapped);
        }
    }

    /// Bytes that become objects of whatever class they name are a door for everybody who can write bytes.
    @Test
    void nothing_is_deserialised() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(java.io.ObjectInputStream.class, java.beans.XMLDecoder.class)
                .check(HUB);
    }
}
