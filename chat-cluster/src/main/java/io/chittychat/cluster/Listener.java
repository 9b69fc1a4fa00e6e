package io.chittychat.cluster;

import java.util.List;

/**
 * A further listener of the brokers, for clients that reach them by another way, such as a relay that can be cut.
 *
 * @param name letters and digits, unlike that of any other listener
 * @param ports of the loopback interface, one for each broker
 * @param advertised host and port by which such clients reach each broker
 */
public record Listener(String name, List<Integer> ports, List<String> advertised) {

    public Listener {
        ports = List.copyOf(ports);
        advertised = List.copyOf(advertised);
    }
}
