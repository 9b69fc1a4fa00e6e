package io.chittychat.server.config;

import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.LogHealth;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.observe.StartAnnouncement;
import io.chittychat.server.rpc.ChatService;
import io.chittychat.server.rpc.ServiceBinding;
import io.chittychat.server.rpc.Visitors;
import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.server.transport.ConnectionTotals;
import io.chittychat.server.transport.EventLoops;
import io.chittychat.server.transport.GrpcHealth;
import io.chittychat.server.transport.GrpcTransport;
import io.chittychat.server.transport.ServerTls;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcServerInterceptor;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    @Bean
    ConnectionTotals connectionTotals() {
        return new ConnectionTotals();
    }

    @Bean
    GrpcTransport grpcTransport(
            ChittyProperties properties, EventLoops loops, ServerTls tls, ConnectionTotals totals, ServiceLog log) {
        return new GrpcTransport(properties.grpc(), loops, tls, totals, log);
    }

    @Bean
    GrpcServerConfigurer transport(GrpcTransport transport) {
        return transport::configure;
    }

    @GrpcGlobalServerInterceptor
    ServerInterceptor connectionLimit(GrpcTransport transport) {
        return transport.connectionLimit();
    }

    @GrpcGlobalServerInterceptor
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ServerInterceptor unservedCalls(GrpcTransport transport) {
        return transport.unservedCalls();
    }

    @GrpcGlobalServerInterceptor
    ServerInterceptor callLimit(GrpcTransport transport) {
        return transport.callLimit();
    }

    @GrpcGlobalServerInterceptor
    ServerInterceptor visitors() {
        return new Visitors();
    }

    /** The starter's own meters are not compatible with this Spring Boot; these are Micrometer's. */
    @GrpcGlobalServerInterceptor
    ServerInterceptor meters(MeterRegistry registry) {
        return new MetricCollectingServerInterceptor(registry);
    }

    /** Makes a span for each call, if an endpoint for spans is configured. */
    @GrpcGlobalServerInterceptor
    @ConditionalOnProperty("management.opentelemetry.tracing.export.otlp.endpoint")
    ServerInterceptor tracing(ObservationRegistry observations) {
        return new ObservationGrpcServerInterceptor(observations);
    }

    /** The current version of reflection; the starter registers only v1alpha. */
    @Bean
    @GrpcService
    @ConditionalOnProperty(name = "grpc.server.reflection-service-enabled", matchIfMissing = true)
    BindableService reflectionV1() {
        return ProtoReflectionServiceV1.newInstance();
    }

    /** All services parse their requests leniently, including health and reflection. */
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

    /** gRPC's health follows the readiness. A failed log also breaks the liveness, because only a restart can help. */
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
     * Stops the service in order: commands that were taken are answered, readers get the last events, and all streams
     * end with SHUTTING_DOWN. Otherwise open streams would delay the stop until they are cut off.
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
