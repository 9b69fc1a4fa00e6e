package io.chittychat.cluster;

import java.util.List;

/**
 * A further listener of the brokers, for clients that reach them by another way, such as a relay that can be cut, or in another
 * protocol.
 *
 * @param name letters and digits, unlike that of any other listener
 * @param protocol as Kafka names it, such as {@code SASL_SSL}
 * @param ports of the loopback interface, one for each broker
 * @param advertised host and port by which such clients reach each broker
 * @param settings of the brokers, which such a listener needs, each as {@code key=value}
 */
public record Listener(
        String name, String protocol, List<Integer> ports, List<String> advertised, List<String> settings) {

    public Listener {
        ports = List.copyOf(ports);
        advertised = List.copyOf(advertised);
        settings = List.copyOf(settings);
    }

    /** A listener without encryption. */
    public Listener(String name, List<Integer> ports, List<String> advertised) {
        this(name, "PLAINTEXT", ports, advertised, List.of());
    }
}
