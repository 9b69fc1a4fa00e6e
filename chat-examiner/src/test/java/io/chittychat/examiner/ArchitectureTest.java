package io.chittychat.examiner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = CheckCommand.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule dataFlowOneWay =
            slices().matching("io.chittychat.examiner.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule conclusionsKnowNoCalls = noClasses()
            .that()
            .resideInAnyPackage("..examiner.scenario..", "..examiner.finding..", "..examiner.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.protobuf..", "io.chittychat.v1..");
}
