package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.grpc.EquivalentAddressGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''              | no server address; give HOST:PORT",
                "'  '            | no server address; give HOST:PORT",
                "a:1,,b:2        | an empty server address in 'a:1,,b:2'; give HOST:PORT,HOST:PORT",
                "a:1,            | an empty server address in 'a:1,'; give HOST:PORT,HOST:PORT",
                "localhost       | not a server address: 'localhost' has no port; give HOST:PORT",
                "a:1,b           | not a server address: 'b' has no port; give HOST:PORT",
                "a:1,b:          | not a server address: 'b:' has no port; give HOST:PORT",
                "dns:///a        | not a server address: 'dns:///a' has no port; give HOST:PORT",
                "[::1]           | not a server address: '[::1]' has no port; give HOST:PORT",
                "a:0             | not a server address: 'a:0'; give HOST:PORT with a port from 1 to 65535",
                "a:1,b:70000     | not a server address: 'b:70000'; give HOST:PORT with a port from 1 to 65535",
                "a:999999999     | not a server address: 'a:999999999'; give HOST:PORT with a port from 1 to 65535",
                "a:9999999999999 | not a server address: 'a:9999999999999'; give HOST:PORT",
                "a:b             | not a server address: 'a:b'; give HOST:PORT",
                ":9090           | not a server address: ':9090'; give HOST:PORT",
                "a b:1           | not a server address: 'a b:1'; give HOST:PORT",
                "a:1/x           | not a server address: 'a:1/x'; give HOST:PORT",
                "xds:///a:1      | not a server address: 'xds:///a:1'; xds: is not possible; give HOST:PORT or dns:///HOST:PORT",
                "a:1,http://b:2  | not a server address: 'http://b:2'; http: is not possible; give HOST:PORT or dns:///HOST:PORT",
                "dns://8.8.8.8/a:1 | not a server address: 'dns://8.8.8.8/a:1'; dns: is not possible; give HOST:PORT or dns:///HOST:PORT",
                "dns:///dns:///a:1 | not a server address: 'dns:///dns:///a:1'; dns: is not possible; give HOST:PORT or dns:///HOST:PORT",
                "a_b:1           | not a server address: 'a_b:1'; its host is not a valid name",
                "a:1,b!:1        | not a server address: 'b!:1'; its host is not a valid name",
                "[:::1]:1        | not a server address: '[:::1]:1'; its host is not a valid name",
                "::1:9090        | not a server address: '::1:9090'; give HOST:PORT with an IPv6 address in brackets, such as [::1]:9090",
                "fe80::1         | not a server address: 'fe80::1'; give HOST:PORT with an IPv6 address in brackets, such as [::1]:9090",
                "a:1,b:2,A:1     | the server address 'A:1' is given twice",
                "a:1,dns:///a:1  | the server address 'dns:///a:1' is given twice"
            })
    void impossibleAddressIsRefusedInOneSentence(String text, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceAddresses.of(text))
                .withMessage(sentence);
    }

    @Test
    void tooManyAreRefused() {
        String ten = IntStream.rangeClosed(1, 10).mapToObj(i -> "a:" + i).collect(Collectors.joining(","));

        assertThat(ServiceAddresses.of(ten)).hasToString(ten);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceAddresses.of(ten + ",a:11"))
                .withMessage("too many server addresses: 11; give at most 10, or dns:///HOST:PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9090", "127.0.0.1:1", "[::1]:65535", "chat.example.org:443"})
    void oneAddressIsSingle(String text) {
        assertThat(ServiceAddresses.of(text).isSingle()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:1,b:2",
                "a:1, b:1 ,[::1]:1",
                "dns:///chat.example.org:9090",
                "dns:///[::1]:1",
                "a:1,dns:///b:1"
            })
    void severalAddressesAreNotSingle(String text) {
        assertThat(ServiceAddresses.of(text).isSingle()).isFalse();
    }

    @Test
    void orderIsRandomAndRepeatable() {
        Set<List<EquivalentAddressGroup>> orders = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            List<EquivalentAddressGroup> order = new AddressOrder(new Random(seed)).of(groups(1, 2, 3));
            assertThat(new AddressOrder(new Random(seed)).of(groups(1, 2, 3)))
                    .as("seed %d", seed)
                    .isEqualTo(order);
            orders.add(order);
        }
        assertThat(orders).hasSize(6);
    }

    @Test
    void orderIsTheGivenOneIfItIsAskedFor() {
        AddressOrder order = ServiceAddresses.inOrder("a:1,b:2,c:3").order();

        assertThat(order.of(groups(3, 1, 2))).isEqualTo(groups(3, 1, 2));
        order.leaveFirst();
        assertThat(order.of(groups(3, 1, 2))).isEqualTo(groups(1, 2, 3));
    }

    @Test
    void addressThatWasLeftComesLast() {
        AddressOrder order = new AddressOrder(new Random(3));
        List<EquivalentAddressGroup> before = order.of(groups(1, 2, 3));
        order.leave(before.get(1).getAddresses().get(0));
        assertThat(order.of(groups(1, 2, 3))).containsExactly(before.get(0), before.get(2), before.get(1));
        order.leaveFirst();
        assertThat(order.of(groups(1, 2, 3))).containsExactly(before.get(2), before.get(1), before.get(0));
    }

    @Test
    void equalAddressesOfTwoNamesAreTriedOnce() {
        assertThat(new AddressOrder(new Random(3)).of(groups(1, 1))).hasSize(1);
    }

    private static List<EquivalentAddressGroup> groups(int... ports) {
        return IntStream.of(ports)
                .mapToObj(port ->
                        new EquivalentAddressGroup(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
                .toList();
    }
}
