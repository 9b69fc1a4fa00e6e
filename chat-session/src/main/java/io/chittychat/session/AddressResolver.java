package io.chittychat.session;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Resolves several names by gRPC's resolver for DNS, and passes their addresses on in one order. A name that cannot be resolved
 * is left out while others can.
 *
 * <p>Used in the channel's synchronization context only.
 */
final class AddressResolver extends NameResolver {

    /** How long the names that are resolved wait for those that are not. */
    private static final long PATIENCE_MILLIS = 500;

    private final List<Name> names;
    private final AddressOrder order;
    private final Args args;
    private final SynchronizationContext context;
    private @Nullable Listener2 listener;
    private boolean patient = true;

    AddressResolver(List<String> hostsAndPorts, AddressOrder order, Args args) {
        this.order = order;
        this.args = args;
        this.context = args.getSynchronizationContext();
        this.names = hostsAndPorts.stream().map(Name::new).toList();
    }

    /** Each address has an authority of its own. */
    @Override
    public String getServiceAuthority() {
        return names.get(0).hostAndPort;
    }

    @Override
    public void start(Listener2 listener) {
        this.listener = listener;
        context.schedule(
                () -> {
                    patient = false;
                    publish();
                },
                PATIENCE_MILLIS,
                TimeUnit.MILLISECONDS,
                args.getScheduledExecutorService());
        names.forEach(name -> name.resolver.start(name));
    }

    @Override
    public void refresh() {
        names.forEach(name -> name.resolver.refresh());
    }

    @Override
    public void shutdown() {
        listener = null;
        names.forEach(name -> name.resolver.shutdown());
    }

    private void publish() {
        boolean all = names.stream().allMatch(name -> name.concluded);
        List<EquivalentAddressGroup> found =
                names.stream().flatMap(name -> name.addresses.stream()).toList();
        if (listener == null || (!all && (patient || found.isEmpty()))) {
            return;
        }
        StatusOr<List<EquivalentAddressGroup>> result =
                found.isEmpty() ? StatusOr.fromStatus(names.get(0).failure) : StatusOr.fromValue(order.of(found));
        listener.onResult2(
                ResolutionResult.newBuilder().setAddressesOrError(result).build());
    }

    /** One name, its resolver, and what that has found. */
    private final class Name extends Listener2 {

        private final String hostAndPort;
        private final NameResolver resolver;
        private List<EquivalentAddressGroup> addresses = List.of();
        private Status failure = Status.UNAVAILABLE;
        private boolean concluded;

        Name(String hostAndPort) {
            this.hostAndPort = hostAndPort;
            this.resolver =
                    NameResolverRegistry.getDefaultRegistry().asFactory().newNameResolver(target(hostAndPort), args);
        }

        @Override
        public void onResult(ResolutionResult result) {
            context.execute(() -> onResult2(result));
        }

        @Override
        public Status onResult2(ResolutionResult result) {
            StatusOr<List<EquivalentAddressGroup>> found = result.getAddressesOrError();
            if (found.hasValue()) {
                addresses = labelled(found.getValue());
            } else {
                failure = found.getStatus();
            }
            concluded = true;
            publish();
            return Status.OK;
        }

        @Override
        public void onError(Status error) {
            context.execute(() -> {
                failure = error;
                concluded = true;
                publish();
            });
        }

        private List<EquivalentAddressGroup> labelled(List<EquivalentAddressGroup> groups) {
            List<SocketAddress> all = groups.stream()
                    .flatMap(group -> group.getAddresses().stream())
                    .toList();
            List<EquivalentAddressGroup> labelled = new ArrayList<>();
            for (SocketAddress address : all) {
                String label = all.size() == 1 ? hostAndPort : hostAndPort + " (" + numbers(address) + ")";
                labelled.add(new EquivalentAddressGroup(
                        address,
                        Attributes.newBuilder()
                                .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, hostAndPort)
                                .set(AddressOrder.LABEL, label)
                                .build()));
            }
            return labelled;
        }
    }

    private static String numbers(SocketAddress address) {
        return address instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : address.toString();
    }

    private static URI target(String hostAndPort) {
        try {
            return new URI("dns", "", "/" + hostAndPort, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a server address: '" + hostAndPort + "'", e);
        }
    }
}
