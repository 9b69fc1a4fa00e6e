package io.chittychat.server.config;

import io.chittychat.server.access.Admission;
import io.chittychat.server.chat.Gate;
import io.chittychat.server.rate.RateLimiter;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.setting.SettingsException;
import io.chittychat.server.transport.GrpcSettings;
import io.chittychat.server.transport.ServerTls;
import io.chittychat.server.transport.ServerTls.ClientCertificate;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Admission, rates and encryption. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger("chitty");

    @Bean
    Gate gate(ChittyProperties properties, ParticipantRegistry participants, Environment environment) {
        checkExposure(properties, environment);
        Admission admission = Admissions.of(properties.auth(), properties.grpc().tls());
        ChittyProperties.Rates rates = properties.rates();
        return new Gate(
                admission,
                participants,
                new Gate.Rates(
                        new RateLimiter<>(rates.joins()),
                        new RateLimiter<>(rates.publishes()),
                        new RateLimiter<>(rates.reads())));
    }

    private static void checkExposure(ChittyProperties properties, Environment environment) {
        if (properties.web().enabled() && environment.containsProperty("server.address")) {
            report(
                    Exposure.httpProblem(
                            environment.getRequiredProperty("server.address"),
                            properties.auth().mode(),
                            !environment.getProperty("server.ssl.bundle", "").isBlank()),
                    properties);
        }
        if (environment.getProperty("grpc.server.port", Integer.class, 0) < 0) {
            return; // there is no network
        }
        report(
                Exposure.problem(
                        environment.getProperty("grpc.server.address", "*"),
                        properties.auth().mode(),
                        properties.grpc().tls().isOn()),
                properties);
    }

    private static void report(Optional<String> found, ChittyProperties properties) {
        found.ifPresent(problem -> {
            if (properties.security().strict()) {
                throw new SettingsException(problem + ". chitty.security.strict=true does not allow that");
            }
            LOG.warn("Not safe: {}. docs/security.md says how to fix that", problem);
        });
    }

    @Bean
    ServerTls serverTls(ChittyProperties properties, ObjectProvider<SslBundles> bundles) {
        GrpcSettings.Tls settings = properties.grpc().tls();
        if (!settings.isOn()) {
            return ServerTls.none();
        }
        String name = Objects.requireNonNull(settings.bundle());
        try {
            SslBundle bundle = bundles.getObject().getBundle(name);
            if (settings.clientAuth() != ClientCertificate.NONE
                    && bundle.getStores().getTrustStore() == null) {
                throw new SettingsException("chitty.grpc.tls.client-auth needs a truststore in the SSL bundle '" + name
                        + "': the authorities whose client certificates are trusted");
            }
            ServerTls tls = ServerTls.of(bundle, settings.clientAuth());
            bundles.getObject().addBundleUpdateHandler(name, tls::replace);
            return tls;
        } catch (SettingsException e) {
            throw e;
        } catch (SSLException | RuntimeException e) {
            throw new SettingsException(
                    "chitty.grpc.tls.bundle: the SSL bundle '" + name + "' cannot be used: " + e.getMessage(), e);
        }
    }
}
