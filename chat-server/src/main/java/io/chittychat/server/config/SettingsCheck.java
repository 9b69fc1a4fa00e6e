package io.chittychat.server.config;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Makes an application refuse unknown settings; a mistyped name would otherwise be ignored silently. */
@Configuration(proxyBeanMethods = false)
public class SettingsCheck {

    @Bean
    static BeanFactoryPostProcessor knownSettings(Environment environment) {
        return beans -> KnownSettings.packed().check(environment);
    }
}
