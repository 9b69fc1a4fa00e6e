package io.chittychat.server.rpc;

import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.LogHealth;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.observe.StartAnnouncement;
import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcServerInterceptor;
import io.micrometer.observation.ObservationRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import net.devh.boot.grpc.server.event.GrpcServerShutdownEvent;
import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
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

    /** They check their request and hand a command to the log, which answers them. */
    private static final Set<String> NEVER_BLOCK = Set.of(
            ChatServiceGrpc.getJoinMethod().getFullMethodName(),
            ChatServiceGrpc.getPublishMethod().getFullMethodName(),
            ChatServiceGrpc.getPublishStreamMethod().getFullMethodName(),
            ChatServiceGrpc.getBroadcastMethod().getFullMethodName(),
            ChatServiceGrpc.getLeaveMethod().getFullMethodName());

    @Bean
    GrpcServerConfigurer limits(GrpcLimits limits, EventLoops loops, ServerTls tls) {
        return builder -> {
            builder.maxInboundMessageSize(limits.maxMessageSize()).maxInboundMetadataSize(limits.maxMetadataSize());
            if (builder instanceof NettyServerBuilder netty) {
                loops.use(netty, guard(limits.connections().perAddress()));
                tls.use(netty);
                configure(netty, limits);
                configure(netty, limits.connections());
            }
        };
    }

    /** Far enough above the limit that those who are a little over it are told why they are refused. */
    private static ConnectionGuard guard(int perAddress) {
        return new ConnectionGuard(2 * perAddress, limited(perAddress));
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

    @GrpcGlobalServerInterceptor
    ServerInterceptor visitors() {
        return new Visitor.Interceptor();
    }

    /** Runs calls that may block, such as a look into the history. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService callThreads() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "call-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Calls that never block run on their connection's event loop: to change threads twice costs more than the call itself. */
    @Bean
    GrpcServerConfigurer threads(ExecutorService callThreads, Gate gate) {
        Set<String> onLoops = new HashSet<>(NEVER_BLOCK);
        if (gate.joinMayBlock()) {
            onLoops.remove(ChatServiceGrpc.getJoinMethod().getFullMethodName());
        }
        return builder -> builder.directExecutor().callExecutor(new ServerCallExecutorSupplier() {
            @Override
            public <Q, S> Executor getExecutor(ServerCall<Q, S> call, Metadata headers) {
                String method = call.getMethodDescriptor().getFullMethodName();
                return onLoops.contains(method) ? Runnable::run : callThreads;
            }
        });
    }

    private static void configure(NettyServerBuilder netty, GrpcLimits limits) {
        netty.maxConcurrentCallsPerConnection(limits.maxCallsPerConnection())
                .maxRstFramesPerWindow(limits.maxResetsPerSecond() * RESET_WINDOW, RESET_WINDOW)
                .keepAliveTime(limits.keepalive().time().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(limits.keepalive().timeout().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveTime(limits.keepalive().permitted().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveWithoutCalls(true);
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
