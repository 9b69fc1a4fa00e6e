package io.chittychat.client.render;

import io.chittychat.session.ClockReading;
import io.chittychat.session.ClockReading.Receipt;
import io.chittychat.text.SafeText;
import java.util.ArrayList;
import java.util.List;

/** The participant's own Lamport time, and the last steps that moved it there. */
public final class ClockText {

    private ClockText() {}

    /** The lines; the first is the time alone. */
    public static List<String> of(ClockReading reading) {
        List<String> lines = new ArrayList<>();
        lines.add("Lamport time " + reading.time());
        reading.lastTick()
                .ifPresent(tick -> lines.add("  last tick    " + (tick.time() - 1) + " -> " + tick.time()
                        + "  one step for sending " + tick.request()));
        reading.lastReceipt().ifPresent(receipt -> lines.add(receipt(receipt)));
        return lines;
    }

    private static String receipt(Receipt receipt) {
        return "  last receipt " + receipt.before() + " -> " + receipt.time() + "  max(" + receipt.before() + ", "
                + receipt.received() + ") + 1 for " + SafeText.of(receipt.message()) + ", which had time "
                + receipt.received();
    }
}
