package io.chittychat.server.config;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.bridge.Bridge;
import io.chittychat.server.bridge.BridgeFilter;
import io.chittychat.server.bridge.Permit;
import io.chittychat.server.chat.Failures;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.transport.EventLoops;
import io.chittychat.server.transport.GrpcTransport;
import io.chittychat.server.transport.HttpCalls;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.net.InetSocketAddress;
import java.util.Optional;
import net.devh.boot.grpc.server.service.GrpcServiceDefinition;
import net.devh.boot.grpc.server.service.GrpcServiceDiscoverer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.function.SingletonSupplier;

/** Calls over HTTP. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "chitty.web.enabled", matchIfMissing = true)
class BridgeConfiguration {

    @Bean(destroyMethod = "close")
    Bridge bridge(GrpcServiceDiscoverer services, GrpcTransport transport, EventLoops loops) {
        return Bridge.start(
                services.findGrpcServices().stream()
                        .map(GrpcServiceDefinition::getDefinition)
                        .toList(),
                transport::configure,
                loops::current);
    }

    /** Before the filters of Spring Boot, which would keep objects for each open stream; after the guard. */
    @Bean
    FilterRegistrationBean<BridgeFilter> bridgeFilter(
            ObjectProvider<Bridge> bridge, ChittyProperties properties, ServiceLog log) {
        HttpCalls calls =
                new HttpCalls(properties.web().maxCalls(), properties.web().maxCallsPerAddress(), properties.grpc());
        BridgeFilter filter = new BridgeFilter(
                SingletonSupplier.of(bridge::getObject),
                new BridgeFilter.Limits(
                        Math.toIntExact(properties.grpc().maxMessageSize().toBytes()),
                        properties.grpc().requestTimeout(),
                        properties.grpc().unreadTimeout()),
                permits(calls),
                (method, why) -> log.call(method, "", 0, 0, why.getCode().name(), ""));
        FilterRegistrationBean<BridgeFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    private static BridgeFilter.Permits permits(HttpCalls calls) {
        return new BridgeFilter.Permits() {
            @Override
            public Optional<Permit> open(InetSocketAddress client) {
                return calls.open(client).map(BridgeConfiguration::permit);
            }

            @Override
            public StatusRuntimeException refusal() {
                return StatusProto.toStatusRuntimeException(Failures.retry(
                        ErrorReason.RATE_LIMITED,
                        "too many calls are open, or too many answers are not read; end or read some, then retry"));
            }
        };
    }

    private static Permit permit(HttpCalls.Open call) {
        return new Permit() {
            @Override
            public void unread(int more) {
                call.unread(more);
            }

            @Override
            public boolean isCongested() {
                return call.isCongested();
            }

            @Override
            public boolean mayHold(int bytes) {
                return call.mayHold(bytes);
            }

            @Override
            public void end() {
                call.end();
            }
        };
    }
}
