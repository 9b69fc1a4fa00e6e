package io.chittychat.session;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The order in which one channel tries its addresses: random, but an address that was left comes last.
 *
 * <p>Safe for use by several threads.
 */
final class AddressOrder {

    /** The address as the user knows it. */
    static final Attributes.Key<String> LABEL = Attributes.Key.create("io.chittychat.session.LABEL");

    /**
     * An address.
     *
     * @param left 0, or greater than that of all addresses that were left before
     * @param random its place among addresses that were not left
     */
    private record Place(EquivalentAddressGroup address, long left, long random) {

        static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::left).thenComparingLong(Place::random);
    }

    private final RandomGenerator random;
    private final Map<SocketAddress, Place> places = new LinkedHashMap<>();
    private long lefts;

    AddressOrder(RandomGenerator random) {
        this.random = random;
    }

    /** Puts addresses in order, and forgets all others. Of equal addresses it keeps the first. */
    synchronized List<EquivalentAddressGroup> of(List<EquivalentAddressGroup> found) {
        Map<SocketAddress, Place> before = Map.copyOf(places);
        places.clear();
        for (EquivalentAddressGroup group : found) {
            for (SocketAddress address : group.getAddresses()) {
                EquivalentAddressGroup alone = new EquivalentAddressGroup(address, group.getAttributes());
                Place known = before.get(address);
                places.putIfAbsent(
                        address,
                        known == null
                                ? new Place(alone, 0, random.nextLong())
                                : new Place(alone, known.left(), known.random()));
            }
        }
        return places.values().stream()
                .sorted(Place.ORDER)
                .limit(ServiceAddresses.MAX)
                .map(Place::address)
                .toList();
    }

    /** An address comes last from now on. */
    synchronized void leave(SocketAddress address) {
        places.computeIfPresent(address, (key, place) -> new Place(place.address(), ++lefts, place.random()));
    }

    /** The first address comes last from now on. */
    synchronized void leaveFirst() {
        places.entrySet().stream()
                .min(Map.Entry.comparingByValue(Place.ORDER))
                .map(Map.Entry::getKey)
                .ifPresent(this::leave);
    }

    /** The number of addresses, or 1 before they are known. */
    synchronized int size() {
        return Math.max(1, Math.min(places.size(), ServiceAddresses.MAX));
    }

    /** Whether there is known to be only one address. */
    synchronized boolean isAlone() {
        return places.size() == 1;
    }

    /** An address as the user knows it. */
    synchronized Optional<String> label(SocketAddress address) {
        return Optional.ofNullable(places.get(address))
                .map(place -> place.address().getAttributes().get(LABEL));
    }
}
