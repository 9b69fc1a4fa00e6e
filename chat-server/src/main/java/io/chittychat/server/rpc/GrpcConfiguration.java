package io.chittychat.server.rpc;

import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.LogHealth;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.observe.StartAnnouncement;
import io.chittychat.server.timeline.Broadcaster;
import io.grpc.BindableService;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcServerInterceptor;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import net.devh.boot.grpc.server.event.GrpcServerShutdownEvent;
import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import net.devh.boot.grpc.server.service.AnnotationGrpcServiceDiscoverer;
import net.devh.boot.grpc.server.service.GrpcService;
import net.devh.boot.grpc.server.service.GrpcServiceDefinition;
import net.devh.boot.grpc.server.service.GrpcServiceDiscoverer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The gRPC server: its limits, its extra services, and how it stops. */
@Configuration(proxyBeanMethods = false)
class GrpcConfiguration {

    private static final int RESET_WINDOW = 10; // seconds
    private static final int WINDOW = 64 * 1024; // bytes that a call may send before it is read; many requests

    @Bean
    GrpcServerConfigurer limits(GrpcLimits limits, EventLoops loops, ServerTls tls, ConnectionWatch watch) {
        return builder -> {
            builder.maxInboundMessageSize(limits.requests().maxSize())
                    .maxInboundMetadataSize(limits.requests().maxMetadataSize());
            if (builder instanceof NettyServerBuilder netty) {
                loops.use(netty, guard(limits.connections().perAddress(), watch));
                tls.use(netty);
                configure(netty, limits);
                configure(netty, limits.connections());
            }
        };
    }

    /** Far enough above the limit that those who are a little over it are told why they are refused. */
    private static ConnectionGuard guard(int perAddress, ConnectionWatch watch) {
        return new ConnectionGuard(2 * perAddress, limited(perAddress), watch::accepted);
    }

    /** This machine may be a proxy for many. */
    private static Predicate<Origin> limited(int perAddress) {
        return origin -> perAddress > 0 && !origin.isLoopback();
    }

    @GrpcGlobalServerInterceptor
    ConnectionLimit connectionLimit(GrpcLimits limits, ServiceLog log) {
        int perAddress = limits.connections().perAddress();
        return new ConnectionLimit(perAddress, limited(perAddress), log);
    }

    @Bean
    GrpcServerConfigurer connectionsPerAddress(ConnectionLimit limit) {
        return builder -> builder.addTransportFilter(limit);
    }

    /** Outside of all others, so that it sees what they refuse. */
    @GrpcGlobalServerInterceptor
    @Order(Ordered.HIGHEST_PRECEDENCE)
    UnservedCalls unservedCalls(ServiceLog log) {
        return new UnservedCalls(log);
    }

    @Bean
    GrpcServerConfigurer linesOfUnservedCalls(UnservedCalls calls) {
        return builder -> builder.addStreamTracerFactory(calls);
    }

    @Bean
    ConnectionTotals connectionTotals() {
        return new ConnectionTotals();
    }

    @Bean
    ConnectionWatch connectionWatch(GrpcLimits limits, ConnectionTotals totals) {
        return new ConnectionWatch(limits, totals);
    }

    @Bean
    GrpcServerConfigurer watchedConnections(ConnectionWatch watch) {
        return builder -> builder.addTransportFilter(watch);
    }

    @GrpcGlobalServerInterceptor
    CallLimit callLimit(GrpcLimits limits, ConnectionTotals totals, ServiceLog log) {
        return new CallLimit(limits, totals, limited(limits.calls().waitingPerAddress()), log);
    }

    @GrpcGlobalServerInterceptor
    ServerInterceptor visitors() {
        return new Visitor.Interceptor();
    }

    /**
     * Calls run on their connection's event loop, since to change threads twice costs more than most calls themselves. What
     * may block is handed to {@link CallThreads} by the methods.
     */
    @Bean
    GrpcServerConfigurer threads() {
        return ServerBuilder::directExecutor;
    }

    private static void configure(NettyServerBuilder netty, GrpcLimits limits) {
        netty.maxConcurrentCallsPerConnection(limits.calls().perConnection())
                .maxRstFramesPerWindow(limits.calls().resetsPerSecond() * RESET_WINDOW, RESET_WINDOW)
                .keepAliveTime(limits.keepalive().time().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(limits.keepalive().timeout().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveTime(limits.keepalive().permitted().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveWithoutCalls(true)
                .flowControlWindow(WINDOW);
    }

    private static void configure(NettyServerBuilder netty, GrpcLimits.Connections connections) {
        netty.handshakeTimeout(connections.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        if (!connections.maxAge().isZero()) {
            netty.maxConnectionAge(connections.maxAge().toNanos(), TimeUnit.NANOSECONDS)
                    .maxConnectionAgeGrace(connections.maxAgeGrace().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** The starter's own meters are not compatible with this Spring Boot; these are Micrometer's. */
    @GrpcGlobalServerInterceptor
    ServerInterceptor meters(MeterRegistry registry) {
        return new MetricCollectingServerInterceptor(registry);
    }

    /** A span for each call, if there is somebody to send them to. It costs nothing otherwise. */
    @GrpcGlobalServerInterceptor
    @ConditionalOnProperty("management.opentelemetry.tracing.export.otlp.endpoint")
    ServerInterceptor tracing(ObservationRegistry observations) {
        return new ObservationGrpcServerInterceptor(observations);
    }

    /** Reflection in its current version; the starter registers only v1alpha. */
    @Bean
    @GrpcService
    @ConditionalOnProperty(name = "grpc.server.reflection-service-enabled", matchIfMissing = true)
    BindableService reflectionV1() {
        return ProtoReflectionServiceV1.newInstance();
    }

    /** All services read their requests leniently, those that others have written, too. */
    @Bean
    GrpcServiceDiscoverer services(ApplicationContext context) {
        AnnotationGrpcServiceDiscoverer annotated = new AnnotationGrpcServiceDiscoverer();
        annotated.setApplicationContext(context);
        return () -> annotated.findGrpcServices().stream()
                .map(found -> new GrpcServiceDefinition(
                        found.getBeanName(), found.getBeanClazz(), ServiceBinding.lenient(found.getDefinition())))
                .toList();
    }

    @Bean
    ApplicationListener<GrpcServerStartedEvent> announcedPort(StartAnnouncement announcement) {
        return event -> announcement.grpcListensOn(event.getPort());
    }

    /** Says what the readiness probe says. A log that failed is not mended by waiting: the process has to start anew. */
    @Bean
    GrpcHealth grpcHealth(
            HealthStatusManager health,
            LogHealth log,
            CommandLog commandLog,
            ApplicationAvailability availability,
            ApplicationEventPublisher publisher) {
        GrpcHealth grpcHealth = new GrpcHealth(
                health, () -> availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC && log.isUp());
        grpcHealth.update();
        commandLog.onFailure(() -> {
            grpcHealth.end();
            AvailabilityChangeEvent.publish(publisher, commandLog, LivenessState.BROKEN);
        });
        return grpcHealth;
    }

    @Bean
    ApplicationListener<AvailabilityChangeEvent<ReadinessState>> readinessChanges(GrpcHealth health) {
        return event -> health.update();
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService healthTimer(GrpcHealth health) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "health");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(health::update, 1, 1, TimeUnit.SECONDS);
        return timer;
    }

    /**
     * What was taken is finished, readers get what there is, and everybody is told to come back; open streams would
     * otherwise keep the server from stopping until they are cut.
     */
    @Bean
    ApplicationListener<GrpcServerShutdownEvent> politeShutdown(
            GrpcHealth health, CommandLog log, Broadcaster broadcaster, ChatService service) {
        return event -> {
            health.end();
            log.close();
            broadcaster.close();
            service.shutDown();
        };
    }
}
