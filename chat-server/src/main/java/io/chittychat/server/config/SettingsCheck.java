package io.chittychat.server.config;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Has an application refuse settings whose names are mistyped: they would do nothing, silently. */
@Configuration(proxyBeanMethods = false)
public class SettingsCheck {

    @Bean
    static BeanFactoryPostProcessor knownSettings(Environment environment) {
        return beans -> KnownSettings.packed().check(environment);
    }
}
