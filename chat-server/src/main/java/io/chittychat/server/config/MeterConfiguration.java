package io.chittychat.server.config;

import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.DiskMeters;
import io.chittychat.server.observe.LogHealth;
import io.chittychat.server.observe.LogMeters;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.storage.LogStorage;
import io.chittychat.server.store.Durability;
import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.server.timeline.DeliveryLag;
import io.chittychat.server.timeline.Timeline;
import io.chittychat.time.LamportClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The meters. {@code docs/meters.md} has a table of all. */
@Configuration(proxyBeanMethods = false)
class MeterConfiguration {

    @Bean
    CallMeters callMeters(MeterRegistry registry) {
        return new CallMeters(registry);
    }

    @Bean
    LogMeters logMeters(MeterRegistry registry) {
        return new LogMeters(registry);
    }

    /** A MeterBinder, so that the gauges are not created before the log is. */
    @Bean
    MeterBinder roomMeters(ParticipantRegistry participants, Broadcaster readers, LamportClock clock) {
        return registry -> {
            gauge("chitty.participants", "Participants who are present", participants::size)
                    .register(registry);
            gauge("chitty.sessions", "Sessions, by whether they have a Broadcast open", readers::size)
                    .tag("state", "attached")
                    .register(registry);
            gauge(
                            "chitty.sessions",
                            "Sessions, by whether they have a Broadcast open",
                            () -> Math.max(0, participants.size() - readers.size()))
                    .tag("state", "detached")
                    .register(registry);
            gauge("chitty.broadcasts.open", "Open Broadcasts", readers::size).register(registry);
            gauge("chitty.lamport.time", "The service's current Lamport time", clock::read)
                    .register(registry);
        };
    }

    @Bean
    MeterBinder commandLogMeters(CommandLog log, LogHealth health) {
        return registry -> {
            gauge("chitty.log.waiting", "Commands that wait to be applied", log::waiting)
                    .baseUnit("commands")
                    .register(registry);
            gauge("chitty.log.up", "1 while messages can be recorded, else 0", () -> health.isUp() ? 1 : 0)
                    .register(registry);
        };
    }

    @Bean
    DeliveryLag deliveryLag(Timeline timeline, Broadcaster broadcaster) {
        return new DeliveryLag(timeline, broadcaster, System::currentTimeMillis);
    }

    @Bean
    MeterBinder timelineMeters(Timeline timeline, DeliveryLag lag) {
        return registry -> {
            gauge(
                            "chitty.timeline.events",
                            "Events in memory",
                            () -> timeline.view().events())
                    .baseUnit("events")
                    .register(registry);
            gauge(
                            "chitty.timeline.size",
                            "Memory that these events take",
                            () -> timeline.view().bytes())
                    .baseUnit("bytes")
                    .register(registry);
            TimeGauge.builder("chitty.delivery.lag", () -> lag.look().millis(), TimeUnit.MILLISECONDS)
                    .description("Age of the oldest event that the slowest reader has not been sent")
                    .register(registry);
            gauge(
                            "chitty.delivery.lag.events",
                            "Events that the slowest reader has not been sent",
                            () -> lag.look().events())
                    .baseUnit("events")
                    .register(registry);
            gauge(
                            "chitty.delivery.lag.lamport",
                            "Lamport time that the slowest reader is behind",
                            () -> lag.look().lamportTime())
                    .register(registry);
        };
    }

    /** The meters of the store; none if the log is only in memory. */
    @Bean
    MeterBinder storeMeters(LogStorage storage, Timeline timeline, ChittyProperties properties) {
        if (properties.store().durability() == Durability.MEMORY) {
            return registry -> {};
        }
        DiskMeters disk = new DiskMeters(properties.store().file());
        return registry -> {
            disk.bindTo(registry);
            gauge(
                            "chitty.store.full",
                            "1 while messages are refused because the disk is full, else 0",
                            () -> storage.isWritable() ? 0 : 1)
                    .register(registry);
            gauge(
                            "chitty.index.lag",
                            "Lamport time that the search index is behind",
                            () -> Math.max(0, timeline.view().newest() - storage.indexedThrough()))
                    .register(registry);
        };
    }

    private static Gauge.Builder<Supplier<Number>> gauge(String name, String description, Supplier<Number> value) {
        return Gauge.builder(name, value).description(description);
    }
}
