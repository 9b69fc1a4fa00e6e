package io.chittychat.server.config;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The settings of Kafka's clients, from the usual keys below {@code spring.kafka}: {@code bootstrap-servers}, {@code
 * client-id}, {@code security.protocol}, {@code ssl.*}, and {@code properties.*} for all others, such as {@code
 * properties.sasl.mechanism}.
 */
final class KafkaClients {

    private static final String PREFIX = "spring.kafka.";

    /** The keys that have other names in Kafka, with these names. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("bootstrap-servers", "bootstrap.servers"),
            Map.entry("client-id", "client.id"),
            Map.entry("security.protocol", "security.protocol"),
            Map.entry("ssl.protocol", "ssl.protocol"),
            Map.entry("ssl.key-password", "ssl.key.password"),
            Map.entry("ssl.key-store-location", "ssl.keystore.location"),
            Map.entry("ssl.key-store-password", "ssl.keystore.password"),
            Map.entry("ssl.key-store-type", "ssl.keystore.type"),
            Map.entry("ssl.key-store-key", "ssl.keystore.key"),
            Map.entry("ssl.key-store-certificate-chain", "ssl.keystore.certificate.chain"),
            Map.entry("ssl.trust-store-location", "ssl.truststore.location"),
            Map.entry("ssl.trust-store-password", "ssl.truststore.password"),
            Map.entry("ssl.trust-store-type", "ssl.truststore.type"),
            Map.entry("ssl.trust-store-certificates", "ssl.truststore.certificates"));

    private KafkaClients() {}

    static Map<String, Object> settings(Environment environment) {
        Binder binder = Binder.get(environment);
        Map<String, Object> settings = new HashMap<>();
        binder.bind(PREFIX + "properties", Bindable.mapOf(String.class, String.class))
                .ifBound(settings::putAll);
        NAMES.forEach((key, name) -> binder.bind(PREFIX + key, String.class)
                .ifBound(value -> settings.put(name, value.replaceFirst("^(file|FILE):(//)?", ""))));
        settings.putIfAbsent("bootstrap.servers", "localhost:9092");
        return settings;
    }
}
