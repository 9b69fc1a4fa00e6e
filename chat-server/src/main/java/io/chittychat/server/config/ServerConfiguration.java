package io.chittychat.server.config;

import io.chittychat.server.chat.Chat;
import io.chittychat.server.chat.Gate;
import io.chittychat.server.chat.Leases;
import io.chittychat.server.chat.SessionLeases;
import io.chittychat.server.chat.Validation;
import io.chittychat.server.chat.VisibleLog;
import io.chittychat.server.chat.Workers;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.log.LocalCommandLog;
import io.chittychat.server.log.RoomLoop;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.LogHealth;
import io.chittychat.server.observe.LogMeters;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Room;
import io.chittychat.server.rpc.ChatService;
import io.chittychat.server.storage.LogStorage;
import io.chittychat.server.storage.MeasuredJournal;
import io.chittychat.server.storage.NoStorage;
import io.chittychat.server.storage.SqliteStorage;
import io.chittychat.server.store.Durability;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.server.timeline.CatchUp;
import io.chittychat.server.timeline.History;
import io.chittychat.server.timeline.MessageSearch;
import io.chittychat.server.timeline.Timeline;
import io.chittychat.server.transport.CallThreads;
import io.chittychat.server.transport.EventLoops;
import io.chittychat.time.LamportClock;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the parts of the service: commands flow into the log, batches of events from the log to readers. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    static final String ENGINE = "chitty.log.engine";
    private static final String LOCAL = "local";

    @Bean
    LamportClock lamportClock() {
        return new LamportClock();
    }

    @Bean
    ParticipantRegistry participantRegistry() {
        return new ParticipantRegistry();
    }

    @Bean
    @ConditionalOnProperty(name = ENGINE, havingValue = LOCAL, matchIfMissing = true)
    LogStorage logStorage(ChittyProperties properties) {
        ChittyProperties.Store store = properties.store();
        return store.durability() == Durability.MEMORY
                ? new NoStorage()
                : SqliteStorage.open(
                        store.file(),
                        store.durability(),
                        store.retention(),
                        store.reserve().toBytes());
    }

    @Bean
    Room room(LamportClock clock, ParticipantRegistry participants, LogStorage storage, ChittyProperties properties) {
        Room room = new Room(
                clock,
                participants,
                new Room.Limits(
                        properties.limits().maxParticipants(),
                        properties.session().resumeWindow()));
        room.restore(storage.recorded()); // not kept in a bean, because it may be large
        return room;
    }

    @Bean
    Timeline timeline(Room room, ChittyProperties properties) {
        return new Timeline(room.lamportTime(), properties.timeline().maxBytes().toBytes());
    }

    @Bean
    Archive archive(LogStorage storage, Timeline timeline) {
        return storage.archive(timeline);
    }

    @Bean
    History history(Timeline timeline, Archive archive) {
        return new History(timeline, archive);
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService catchUpThreads() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(2, task -> new Thread(task, "catch-up-" + number.getAndIncrement()));
    }

    /** Half of the processors; the other half is for the room, the disk and other processes, such as clients. */
    @Bean(destroyMethod = "close")
    EventLoops eventLoops() {
        return new EventLoops(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    @Bean(destroyMethod = "close")
    Broadcaster broadcaster(
            Timeline timeline, Archive archive, ExecutorService catchUpThreads, ChittyProperties properties) {
        return new Broadcaster(
                timeline,
                new CatchUp(archive, catchUpThreads),
                properties.broadcast().slowReaderTimeout());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(name = ENGINE, havingValue = LOCAL, matchIfMissing = true)
    LocalCommandLog commandLog(Room room, LogStorage storage, Timeline timeline, LogMeters meters) {
        RoomLoop loop = new RoomLoop(room, new MeasuredJournal(storage.journal(), meters), timeline);
        return new LocalCommandLog(loop, Clock.systemUTC());
    }

    @Bean
    CallThreads searchThreads() {
        return new CallThreads("search", "searches", 2);
    }

    @Bean
    CallThreads listThreads() {
        return new CallThreads("list", "lists", 2);
    }

    @Bean
    CallThreads joinThreads() {
        return new CallThreads("join", "joins", 2);
    }

    @Bean
    Workers workers(CallThreads listThreads, CallThreads joinThreads, CallThreads searchThreads) {
        return new Workers(listThreads, joinThreads, searchThreads);
    }

    @Bean
    VisibleLog visibleLog(LogStorage storage, History history, Broadcaster broadcaster) {
        return new VisibleLog(storage.epoch(), history, broadcaster, new MessageSearch(history, storage.index()));
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService leaseTimer() {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "leases");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    @ConditionalOnProperty(name = ENGINE, havingValue = LOCAL, matchIfMissing = true)
    SessionLeases sessionLeases(
            CommandLog log,
            ScheduledExecutorService leaseTimer,
            ParticipantRegistry participants,
            ServiceLog serviceLog,
            ChittyProperties properties) {
        SessionLeases leases = new SessionLeases(
                log, leaseTimer, System::nanoTime, properties.session().resumeWindow(), serviceLog);
        participants.sessions().forEach(leases::resume); // the room has restored them, because the log depends on it
        return leases;
    }

    /** Begins the resume windows of restored sessions when the service is ready, so that their clients can resume. */
    @Bean
    @ConditionalOnProperty(name = ENGINE, havingValue = LOCAL, matchIfMissing = true)
    ApplicationListener<ApplicationReadyEvent> windowsBegin(SessionLeases leases) {
        return event -> leases.beginWindows();
    }

    @Bean
    ServiceLog serviceLog(CallMeters meters, Environment environment) {
        return new ServiceLog(meters, environment.containsProperty("logging.structured.format.console"));
    }

    @Bean
    Chat chat(
            CommandLog log,
            LamportClock clock,
            ParticipantRegistry participants,
            Leases leases,
            Gate gate,
            VisibleLog visible,
            Workers workers,
            ServiceLog serviceLog) {
        return new Chat(log, participants, leases, gate, new Validation(clock), visible, workers, serviceLog);
    }

    /** Starts the service before the gRPC server takes the first call. */
    @Bean
    SmartInitializingSingleton serviceStart(ChatService service) {
        return service::start;
    }

    @Bean
    @ConditionalOnProperty(name = ENGINE, havingValue = LOCAL, matchIfMissing = true)
    LogHealth commandLogHealthIndicator(CommandLog log, LogStorage storage) {
        return new LogHealth(() -> {
            if (log.state() != CommandLog.State.OPEN) {
                return Optional.of("the log takes no commands");
            }
            return storage.isWritable() ? Optional.empty() : Optional.of("the disk has no space to record messages");
        });
    }

    /** Not a part of readiness: everything but the damaged events is served. */
    @Bean
    HealthIndicator storeHealthIndicator(LogStorage storage) {
        return () -> {
            Health.Builder health = storage.damage()
                    .map(found -> Health.down().withDetail("reason", found))
                    .orElseGet(Health::up);
            storage.warning().ifPresent(warning -> health.withDetail("warning", warning));
            return health.build();
        };
    }
}
