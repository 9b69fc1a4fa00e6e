package io.chittychat.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class OriginTest {

    private static Origin origin(String address) throws UnknownHostException {
        return Origin.of(new InetSocketAddress(InetAddress.getByName(address), 4711));
    }

    @Test
    void eachIpv4AddressIsOneOrigin() throws UnknownHostException {
        assertThat(origin("192.0.2.1")).isEqualTo(origin("192.0.2.1")).isNotEqualTo(origin("192.0.2.2"));
        assertThat(origin("::ffff:192.0.2.1")).isEqualTo(origin("192.0.2.1"));
    }

    @Test
    void eachIpv6NetworkIsOneOrigin() throws UnknownHostException {
        assertThat(origin("2001:db8::1")).isEqualTo(origin("2001:db8::ffff:1")).isNotEqualTo(origin("2001:db8:0:1::1"));
    }

    @Test
    void thisMachineIsLoopback() throws UnknownHostException {
        assertThat(origin("127.0.0.1").isLoopback()).isTrue();
        assertThat(origin("::1").isLoopback()).isTrue();
        assertThat(origin("192.0.2.1").isLoopback()).isFalse();
    }

    @Test
    void countsOfZeroTakeNoMemory() throws UnknownHostException {
        Counts<Origin> counts = new Counts<>();
        Origin origin = origin("192.0.2.1");
        assertThat(counts.add(origin, 1)).isTrue();
        assertThat(counts.add(origin, 1)).isFalse();
        counts.remove(origin);
        assertThat(counts.size()).isZero();
        assertThat(counts.add(origin, 0)).isFalse();
        assertThat(counts.size()).isZero();
    }
}
