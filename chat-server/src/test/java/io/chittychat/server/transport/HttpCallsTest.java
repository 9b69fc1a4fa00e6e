package io.chittychat.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The limits of calls over HTTP, and of answers that are not read. */
class HttpCallsTest {

    private static final InetSocketAddress ONE = new InetSocketAddress("192.0.2.1", 1);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 1);
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 1);
    private static final int MB = 1024 * 1024;

    private final GrpcSettings settings = new Binder(new MapConfigurationPropertySource())
            .bindOrCreate("chitty.grpc", GrpcSettings.class); // 4 MB for an address, 32 MB in all
    private final HttpCalls calls = new HttpCalls(5, 3, settings);

    @Test
    void openCallsAreLimitedByAddressAndInAll() {
        List<HttpCalls.Open> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(calls.open(ONE).orElseThrow());
        }
        assertThat(calls.open(ONE)).isEmpty();
        open.add(calls.open(OTHER).orElseThrow());
        open.add(calls.open(LOOPBACK).orElseThrow());
        assertThat(calls.open(OTHER)).isEmpty();
        open.forEach(HttpCalls.Open::end);
        for (int i = 0; i < 5; i++) {
            assertThat(calls.open(LOOPBACK)).isPresent(); // not limited by address
        }
        assertThat(calls.open(LOOPBACK)).isEmpty();
    }

    @Test
    void addressThatDoesNotReadIsRefusedAndOthersAreNot() {
        HttpCalls.Open one = calls.open(ONE).orElseThrow();
        HttpCalls.Open other = calls.open(OTHER).orElseThrow();
        one.unread(5 * MB);
        assertThat(calls.open(ONE)).isEmpty();
        assertThat(one.isCongested()).isTrue();
        assertThat(one.mayHold(11 * MB)).isTrue(); // calls that were begun before
        assertThat(one.mayHold(12 * MB)).isFalse();
        assertThat(calls.open(OTHER)).isPresent();
        assertThat(other.isCongested()).isFalse();
        assertThat(other.mayHold(12 * MB)).isTrue();
        one.unread(-5 * MB);
        assertThat(calls.open(ONE)).isPresent();
    }

    @Test
    void allTogetherHaveALimitBelowWhichEachHasItsShare() {
        HttpCalls.Open one = calls.open(LOOPBACK).orElseThrow();
        HttpCalls.Open other = calls.open(OTHER).orElseThrow();
        one.unread(33 * MB);
        assertThat(one.isCongested()).isTrue();
        assertThat(one.mayHold(30 * MB)).isTrue();
        assertThat(one.mayHold(32 * MB)).isFalse();
        assertThat(other.isCongested()).isFalse();
        other.unread(65 * 1024);
        assertThat(other.isCongested()).isTrue();
        one.unread(32 * MB);
        assertThat(other.mayHold(1)).isFalse();
        other.unread(-65 * 1024);
        assertThat(other.mayHold(1)).isTrue();
        assertThat(settings.unreadTimeout()).isGreaterThan(Duration.ZERO);
    }
}
