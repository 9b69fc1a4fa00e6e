package io.chittychat.client.config;

import java.util.regex.Pattern;

/** HOST:PORT, where HOST may be an IPv6 address in brackets. */
final class ServerAddress {

    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\s:/\\[\\]]+):(\\d{1,5})");
    private static final int MAX_PORT = 65_535;

    private ServerAddress() {}

    /** @throws IllegalArgumentException if it is not of that form */
    static void check(String address) {
        var form = FORM.matcher(address);
        if (!form.matches() || Integer.parseInt(form.group(2)) > MAX_PORT || Integer.parseInt(form.group(2)) == 0) {
            throw new IllegalArgumentException("not a server address: '" + address + "'; give HOST:PORT");
        }
    }
}
