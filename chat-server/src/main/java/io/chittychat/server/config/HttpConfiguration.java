package io.chittychat.server.config;

import io.chittychat.server.bridge.BridgeFilter;
import io.chittychat.server.http.CutValve;
import io.chittychat.server.http.ShortHttpProtocol;
import io.chittychat.server.http.TomcatDirectories;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes Tomcat use {@link ShortHttpProtocol}, with its limits. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> shortHttp(ChittyProperties properties) {
        return tomcat -> {
            tomcat.addEngineValves(new CutValve(BridgeFilter.CUT));
            tomcat.setProtocol(ShortHttpProtocol.class.getName());
            tomcat.addContextLifecycleListeners(TomcatDirectories::deleteAfterStart);
            tomcat.addConnectorCustomizers(connector -> {
                if (connector.getProtocolHandler() instanceof ShortHttpProtocol http) {
                    http.limit(properties.http());
                }
            });
        };
    }
}
