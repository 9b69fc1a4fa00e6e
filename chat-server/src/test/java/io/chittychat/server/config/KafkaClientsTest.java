package io.chittychat.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class KafkaClientsTest {

    @Test
    void usualKeysBecomeThoseOfKafka() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("spring.kafka.bootstrap-servers", "a:1,b:2")
                .withProperty("spring.kafka.security.protocol", "SASL_SSL")
                .withProperty("spring.kafka.ssl.trust-store-location", "file:/etc/trust.p12")
                .withProperty("spring.kafka.properties.sasl.mechanism", "PLAIN");
        assertThat(KafkaClients.settings(environment))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bootstrap.servers", "a:1,b:2",
                        "security.protocol", "SASL_SSL",
                        "ssl.truststore.location", "/etc/trust.p12",
                        "sasl.mechanism", "PLAIN"));
    }

    @Test
    void withoutSettingsTheBrokerOfThisMachineIsUsed() {
        assertThat(KafkaClients.settings(new MockEnvironment()))
                .isEqualTo(Map.of("bootstrap.servers", "localhost:9092"));
    }
}
