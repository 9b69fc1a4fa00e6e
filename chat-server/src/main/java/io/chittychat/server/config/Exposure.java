package io.chittychat.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** Finds unsafe settings of a service that other machines can reach. */
final class Exposure {

    private Exposure() {}

    /**
     * The unsafe settings, as part of a sentence; empty if there are none.
     *
     * @param address the address on which gRPC listens, as in {@code grpc.server.address}
     */
    static Optional<String> problem(String address, AuthProperties.Mode mode, boolean encrypted) {
        boolean open = mode == AuthProperties.Mode.OPEN;
        if (isLocal(address) || (!open && encrypted)) {
            return Optional.empty();
        }
        String strangers = "every client that reaches it may join (chitty.auth.mode=open)";
        String readers = "messages travel unencrypted (chitty.grpc.tls.bundle is not set)";
        String lacks = open && !encrypted ? strangers + ", and " + readers : open ? strangers : readers;
        return Optional.of("gRPC listens on " + address + ", where other machines can reach it; " + lacks);
    }

    /**
     * The same for calls over HTTP.
     *
     * @param address the address on which HTTP listens, as in {@code server.address}
     */
    static Optional<String> httpProblem(String address, AuthProperties.Mode mode, boolean encrypted) {
        boolean open = mode == AuthProperties.Mode.OPEN;
        if (isLocal(address) || (!open && encrypted)) {
            return Optional.empty();
        }
        String lacks = encrypted
                ? "every browser that reaches it may join (chitty.auth.mode=open)"
                : "calls over it travel unencrypted (server.ssl.bundle is not set; chitty.web.enabled=false switches"
                        + " them off)";
        return Optional.of("HTTP listens on " + address + ", where other machines can reach it; " + lacks);
    }

    private static boolean isLocal(String address) {
        if (address.toLowerCase(Locale.ROOT).startsWith("unix:")) {
            return true;
        }
        try {
            return !address.equals("*") && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
