package io.chittychat.server.config;

import io.chittychat.server.bridge.Bridge;
import io.chittychat.server.bridge.BridgeFilter;
import io.chittychat.server.bridge.Permit;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.transport.EventLoops;
import io.chittychat.server.transport.GrpcTransport;
import io.chittychat.server.transport.HttpCalls;
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
                client -> calls.open(client).map(BridgeConfiguration::permit),
                (method, why) -> log.call(method, "", 0, 0, why.getCode().name(), ""));
        FilterRegistrationBean<BridgeFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    private static Permit permit(HttpCalls.Open call) {
        return new Permit() {
            @Override
            public void unread(int more) {
                call.unread(more);
            }

            @Override
            public void end() {
                call.end();
            }
        };
    }
}
