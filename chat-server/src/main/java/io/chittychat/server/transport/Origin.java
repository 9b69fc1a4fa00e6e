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
 * The source of a connection, as limits count it: an IPv4 address, or an IPv6 /64 network, because a machine can use
 * any number of IPv6 addresses.
 *
 * @param isLoopback whether it is this machine's loopback address, or this process
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
