package io.chittychat.session;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannelBuilder;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a service on several nodes, and the order in which one channel tries them: a random one, in which an address
 * that failed comes last. Each channel has an instance of its own, so that participants spread over the nodes.
 *
 * <p>Safe for use by several threads.
 */
public final class ServiceAddresses {

    /** The greatest number of addresses, so that all of them can be tried within a request's deadline. */
    static final int MAX = 10;

    private static final String SCHEME = "dns";
    private static final String DNS = SCHEME + ":///";
    private static final String TARGET = DNS + "chat"; // any name: the addresses are known
    private static final String FIRST = "pick_first";
    private static final int MAX_PORT = 65_535;
    private static final Pattern URL = Pattern.compile("(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):/.*");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\s:/\\[\\]]+):(?<port>[0-9]{1,9})");

    private final String text;
    private final List<String> hostsAndPorts;
    private final AddressOrder order;

    private ServiceAddresses(String text, List<String> hostsAndPorts, AddressOrder order) {
        this.text = text;
        this.hostsAndPorts = List.copyOf(hostsAndPorts);
        this.order = order;
    }

    /** As {@link #of(String, RandomGenerator)}, in an unpredictable order. */
    public static ServiceAddresses of(String text) {
        return of(text, new Random());
    }

    /** As {@link #of(String, RandomGenerator)}, but in the order in which they stand in the text. */
    public static ServiceAddresses inOrder(String text) {
        return of(text, new AtomicLong()::incrementAndGet);
    }

    /**
     * Reads addresses.
     *
     * @param text HOST:PORT, or up to ten of them, separated by commas. An IPv6 address stands in brackets; {@code dns:///}
     *     before HOST:PORT uses all addresses that the name has, one after the other
     * @param random draws the order
     * @throws IllegalArgumentException if the text is something else, with a message for the user
     */
    public static ServiceAddresses of(String text, RandomGenerator random) {
        List<String> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String entry : text.split(",", -1)) {
            String address = entry.strip();
            problem(address, text).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            String hostAndPort = withoutScheme(address);
            if (!seen.add(hostAndPort.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the server address '" + address + "' is given twice");
            }
            entries.add(hostAndPort);
        }
        if (entries.size() > MAX) {
            throw new IllegalArgumentException(
                    "too many server addresses: " + entries.size() + "; give at most " + MAX + ", or dns:///HOST:PORT");
        }
        return new ServiceAddresses(text.strip(), entries, new AddressOrder(random));
    }

    private static Optional<String> problem(String address, String text) {
        if (address.isEmpty()) {
            return Optional.of(
                    text.isBlank()
                            ? "no server address; give HOST:PORT"
                            : "an empty server address in '" + text + "'; give HOST:PORT,HOST:PORT");
        }
        String hostAndPort = withoutScheme(address);
        Matcher scheme = URL.matcher(hostAndPort);
        if (scheme.matches()) {
            return bad(
                    address, "; " + scheme.group("scheme") + ": is not possible; give HOST:PORT or dns:///HOST:PORT");
        }
        Matcher form = HOST_AND_PORT.matcher(hostAndPort);
        if (form.matches()) {
            int port = Integer.parseInt(form.group("port"));
            if (port < 1 || port > MAX_PORT) {
                return bad(address, "; give HOST:PORT with a port from 1 to " + MAX_PORT);
            }
            return isHost(hostAndPort) ? Optional.empty() : bad(address, "; its host is not a valid name");
        }
        if (hostAndPort.matches("[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return bad(address, "; give HOST:PORT with an IPv6 address in brackets, such as [::1]:9090");
        }
        return hostAndPort.matches("[^\\s:/\\[\\]]+:?|\\[[^\\s/\\[\\]]+]:?")
                ? bad(address, " has no port; give HOST:PORT")
                : bad(address, "; give HOST:PORT");
    }

    /** Whether gRPC can resolve it; for example, it refuses underscores. */
    private static boolean isHost(String hostAndPort) {
        try {
            return new URI("//" + hostAndPort).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<String> bad(String address, String why) {
        return Optional.of("not a server address: '" + address + "'" + why);
    }

    private static String withoutScheme(String address) {
        return address.startsWith(DNS) ? address.substring(DNS.length()) : address;
    }

    /** Whether it is one HOST:PORT, so that gRPC's own name resolution does everything. */
    public boolean isSingle() {
        return hostsAndPorts.size() == 1 && !text.startsWith(DNS);
    }

    /** The text, as it was given. */
    @Override
    public String toString() {
        return text;
    }

    AddressOrder order() {
        return order;
    }

    /**
     * A channel to the first of these addresses that answers. TLS checks the certificate of each address for its own host name,
     * unless the channel overrides the authority.
     */
    public ManagedChannelBuilder<?> channel(ChannelCredentials credentials) {
        NameResolverRegistry resolvers = new NameResolverRegistry();
        resolvers.register(new Resolvers());
        return Grpc.newChannelBuilder(TARGET, credentials, resolvers).defaultLoadBalancingPolicy(FIRST);
    }

    /** As {@link #channel}, for a builder that was made {@code forTarget}; it takes these addresses instead of its target. */
    @SuppressWarnings("deprecation") // otherwise all channels of the program would have to share a resolver
    public void configure(ManagedChannelBuilder<?> builder) {
        builder.nameResolverFactory(new Resolvers()).defaultLoadBalancingPolicy(FIRST);
    }

    /** Makes the resolver of the channel, again each time when the channel was idle. */
    private final class Resolvers extends NameResolverProvider {

        @Override
        public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
            return new AddressResolver(hostsAndPorts, order, args);
        }

        @Override
        public String getDefaultScheme() {
            return SCHEME;
        }

        @Override
        protected boolean isAvailable() {
            return true;
        }

        @Override
        protected int priority() {
            return 5;
        }
    }
}
