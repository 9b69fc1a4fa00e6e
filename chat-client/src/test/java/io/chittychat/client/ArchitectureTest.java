package io.chittychat.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = ChatClientApplication.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule netDevhIsWiring = noClasses()
            .that()
            .resideOutsideOfPackage("..client.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.devh..");

    @ArchTest
    static final ArchRule grpcIsWiring = noClasses()
            .that()
            .resideOutsideOfPackage("..client.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grpc..");

    @ArchTest
    static final ArchRule renderingIsPure = noClasses()
            .that()
            .resideInAPackage("..client.render..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "org.jline.reader..", "org.jline.terminal..", "java.io..", "java.nio..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.chittychat.client.(*)..").should().beFreeOfCycles();
}
