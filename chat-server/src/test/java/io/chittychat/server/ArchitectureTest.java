package io.chittychat.server;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;

/** The allowed dependencies between packages: data flows one way. */
@AnalyzeClasses(packages = "io.chittychat.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOM = "io.chittychat.server.room..";
    private static final String LOG = "io.chittychat.server.log..";
    private static final String TIMELINE = "io.chittychat.server.timeline..";
    private static final String STORE = "io.chittychat.server.store..";
    private static final String CHAT = "io.chittychat.server.chat..";
    private static final String TRANSPORT = "io.chittychat.server.transport..";
    private static final String CONFIG = "io.chittychat.server.config..";
    private static final String RPC = "io.chittychat.server.rpc..";
    private static final String OBSERVE = "io.chittychat.server.observe..";
    private static final String ACCESS = "io.chittychat.server.access..";
    private static final String RATE = "io.chittychat.server.rate..";
    private static final String BRIDGE = "io.chittychat.server.bridge..";
    private static final String SETTING = "io.chittychat.server.setting..";
    private static final String[] CONTRACT = {
        "io.chittychat.v1..", "io.chittychat.time..", "io.chittychat.text..", "io.chittychat.error.."
    };

    @ArchTest
    static final ArchRule roomIsPure = classes()
            .that()
            .resideInAPackage(ROOM)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    ROOM,
                    "io.chittychat.time..",
                    "io.chittychat.text..",
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "org.jspecify.."));

    @ArchTest
    static final ArchRule roomHasNoClockNoRandomnessAndNoThreads = noClasses()
            .that()
            .resideInAPackage(ROOM)
            .should()
            .callMethodWhere(target(owner(resideInAnyPackage("java..")))
                    .and(target(nameMatching("now|nanoTime|currentTimeMillis|systemUTC|random|randomUUID"))))
            .orShould()
            .dependOnClassesThat(assignableTo(Clock.class)
                    .or(assignableTo(RandomGenerator.class))
                    .or(assignableTo(Thread.class))
                    .or(assignableTo(Executor.class))
                    .or(assignableTo(Timer.class)));

    @ArchTest
    static final ArchRule logKnowsOnlyTheRoom = ownDependencies(LOG, ROOM);

    @ArchTest
    static final ArchRule timelineKnowsOnlyTheLogAndTheRoom = ownDependencies(TIMELINE, ROOM, LOG);

    @ArchTest
    static final ArchRule storeKnowsOnlyTheRoom = ownDependencies(STORE, ROOM);

    /** Adapters know the ports that they implement. */
    @ArchTest
    static final ArchRule storageImplementsThePortsOfTheLogAndTheTimeline =
            ownDependencies("io.chittychat.server.storage..", STORE, ROOM, LOG, TIMELINE, OBSERVE, SETTING);

    @ArchTest
    static final ArchRule onlyTheStoreUsesSql = noClasses()
            .that()
            .resideOutsideOfPackage(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..", "org.flywaydb..");

    @ArchTest
    static final ArchRule rpcKnowsNoWiring =
            ownDependencies(RPC, CHAT, TRANSPORT, ROOM, LOG, TIMELINE, OBSERVE, ACCESS, RATE);

    @ArchTest
    static final ArchRule chatKnowsNoProtocol = ownDependencies(CHAT, ROOM, LOG, TIMELINE, OBSERVE, ACCESS, RATE);

    @ArchTest
    static final ArchRule transportKnowsNoService = ownDependencies(TRANSPORT, CHAT, OBSERVE, SETTING);

    @ArchTest
    static final ArchRule observeKnowsNoOtherPackage = ownDependencies(OBSERVE);

    @ArchTest
    static final ArchRule accessKnowsNoOtherPackage = ownDependencies(ACCESS);

    @ArchTest
    static final ArchRule rateKnowsOnlySetting = ownDependencies(RATE, SETTING);

    @ArchTest
    static final ArchRule settingKnowsNoOtherPackage = ownDependencies(SETTING);

    /** So it can serve any gRPC service. */
    @ArchTest
    static final ArchRule bridgeKnowsNothingOfTheChat = noClasses()
            .that()
            .resideInAPackage(BRIDGE)
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.chittychat..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(BRIDGE))));

    @ArchTest
    static final ArchRule onlyRpcTransportAndTheBridgeUseGrpc = noClasses()
            .that()
            .resideOutsideOfPackages(RPC, TRANSPORT, BRIDGE, CONFIG)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "net.devh..");

    @ArchTest
    static final ArchRule onlyItsEngineUsesKafka = noClasses()
            .that()
            .resideOutsideOfPackage("io.chittychat.server.log.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..");

    /** So no class of Kafka is loaded unless the engine is Kafka. */
    @ArchTest
    static final ArchRule onlyTheConfigurationOfItsEngineKnowsKafkasPackage = noClasses()
            .that()
            .resideOutsideOfPackage("io.chittychat.server.log.kafka..")
            .and()
            .doNotHaveSimpleName("KafkaConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.chittychat.server.log.kafka..");

    @ArchTest
    static final ArchRule onlyConfigDeclaresBeans = methods()
            .that()
            .areAnnotatedWith(Bean.class)
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage(CONFIG);

    @ArchTest
    static final ArchRule queuesDoNotUseUnsafe = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.jctools\\.queues\\.(unpadded\\.)?[MS]p[ms]c.*")
            .because("JDK 24 and later print a warning for Unsafe; the queues in queues.atomic do not use it");

    @ArchTest
    static final ArchRule packagesFormNoCycle = SlicesRuleDefinition.slices()
            .matching("io.chittychat.server.(*)..")
            .should()
            .beFreeOfCycles();

    /**
     * A package may depend on its own classes, the contract's, and those of {@code others}, but no others of this
     * project.
     */
    private static ArchRule ownDependencies(String of, String... others) {
        String[] allowed = new String[CONTRACT.length + others.length + 1];
        System.arraycopy(CONTRACT, 0, allowed, 0, CONTRACT.length);
        System.arraycopy(others, 0, allowed, CONTRACT.length, others.length);
        allowed[allowed.length - 1] = of;
        return noClasses()
                .that()
                .resideInAPackage(of)
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.chittychat..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(allowed))));
    }
}
