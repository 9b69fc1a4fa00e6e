package io.chittychat.server.transport;

import io.grpc.Attributes;
import io.grpc.Grpc;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection comes from, as far as limits tell one from another: an IPv4 address, or an IPv6 network of 64 bits,
 * since every machine has as many IPv6 addresses as it likes.
 *
 * @param isLoopback whether it is this machine
 */
public record Origin(String name, boolean isLoopback) {

    private static final int NETWORK = 8; // bytes

    public static Origin of(Attributes connection) {
        return of(connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    }

    public static Origin of(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress internet && internet.getAddress() != null) {
            InetAddress ip = internet.getAddress();
            return new Origin(ip instanceof Inet6Address ? network(ip) : ip.getHostAddress(), ip.isLoopbackAddress());
        }
        return new Origin("local", true); // in this process
    }

    private static String network(InetAddress address) {
        return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK)) + "/64";
    }
}
