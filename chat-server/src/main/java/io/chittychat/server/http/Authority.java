package io.chittychat.server.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The host and the port of a URL, as a request names them in {@code Host} and {@code Origin}.
 *
 * @param host in lower case; an IPv6 address is in brackets
 * @param port empty for the scheme's own
 */
record Authority(String host, String port) {

    /** Reads the value of a Host header; empty if it is malformed. */
    static Optional<Authority> of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        String lower = text.strip().toLowerCase(Locale.ROOT);
        int colon = lower.indexOf(':', Math.max(0, lower.indexOf(']')));
        String host = colon < 0 ? lower : lower.substring(0, colon);
        String port = colon < 0 ? "" : lower.substring(colon + 1);
        if (!port.matches("[0-9]*")) {
            return Optional.empty();
        }
        return host.startsWith("[")
                ? ofLiteral(host, port)
                : host.matches("[a-z0-9._-]+") ? Optional.of(new Authority(withoutDot(host), port)) : Optional.empty();
    }

    /** An IPv6 address can be written in several ways; here it is written in one. */
    private static Optional<Authority> ofLiteral(String host, String port) {
        if (!host.matches("\\[[0-9a-f:.]+]")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Authority(written(InetAddress.getByName(host)), port)); // asks no name server
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String written(InetAddress address) {
        return address instanceof Inet6Address
                ? "[" + withoutZone(address.getHostAddress()) + "]"
                : address.getHostAddress();
    }

    private static String withoutZone(String ip) {
        int zone = ip.indexOf('%');
        return zone < 0 ? ip : ip.substring(0, zone);
    }

    /** Reads a name or an address of a setting: an IPv6 address needs no brackets there. */
    static String host(String setting) {
        String name = setting.strip();
        String literal = name.indexOf(':') < 0 || name.startsWith("[") ? name : "[" + withoutZone(name) + "]";
        return of(literal).map(Authority::host).orElse(name.toLowerCase(Locale.ROOT));
    }

    /** Reads the value of an Origin header of a web site; empty for others, such as {@code null}. */
    static Optional<Authority> ofOrigin(String origin) {
        for (String[] scheme : new String[][] {{"http://", "80"}, {"https://", "443"}}) {
            if (origin.regionMatches(true, 0, scheme[0], 0, scheme[0].length())) {
                return of(origin.substring(scheme[0].length())).map(site -> site.withoutPort(scheme[1]));
            }
        }
        return Optional.empty();
    }

    private static String withoutDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** The same, without the port if it is the scheme's own. */
    Authority withoutPort(String ofScheme) {
        return port.equals(ofScheme) ? new Authority(host, "") : this;
    }

    /** Whether the host is this machine, whatever a name server says. */
    boolean isLoopback() {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("[0:0:0:0:0:0:0:1]");
    }

    /** Whether the host is this IP address, not a name. */
    boolean isAddress(String ip) {
        return host.equals(host(ip));
    }
}
