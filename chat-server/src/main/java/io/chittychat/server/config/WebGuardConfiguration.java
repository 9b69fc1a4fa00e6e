package io.chittychat.server.config;

import io.chittychat.server.http.WebGuard;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * The first filter of the HTTP port. If the actuator has a port of its own, that port gets the filter, too: Spring Boot
 * finds this class by a file in META-INF/spring.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class WebGuardConfiguration {

    @Bean
    FilterRegistrationBean<WebGuard> webGuard(ChittyProperties properties) {
        FilterRegistrationBean<WebGuard> registration = new FilterRegistrationBean<>(new WebGuard(properties.web()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
