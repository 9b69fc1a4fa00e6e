package io.chittychat.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** Whether others than this machine can reach the service, and what it then lacks. */
final class Exposure {

    private Exposure() {}

    /**
     * What is not safe, as a part of a sentence; empty if all is well.
     *
     * @param address where gRPC listens, as in {@code grpc.server.address}
     */
    static Optional<String> problem(String address, AuthProperties.Mode mode, boolean encrypted) {
        boolean open = mode == AuthProperties.Mode.OPEN;
        if (isLocal(address) || (!open && encrypted)) {
            return Optional.empty();
        }
        String strangers = "whoever reaches it may join (chitty.auth.mode=open)";
        String readers = "what is said travels unencrypted (chitty.grpc.tls.bundle is not set)";
        String lacks = open && !encrypted ? strangers + ", and " + readers : open ? strangers : readers;
        return Optional.of("gRPC listens on " + address + ", where others than this machine reach it; " + lacks);
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
