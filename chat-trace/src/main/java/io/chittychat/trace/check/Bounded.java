package io.chittychat.trace.check;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is remembered of a log of any length. */
final class Bounded {

    private Bounded() {}

    /**
     * An empty map that forgets its oldest entry when it gets one too many. Setting a key again does not make its entry younger. Not
     * safe for use by several threads.
     *
     * @param most how many entries it keeps
     */
    static <K, V> Map<K, V> map(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
