package io.chittychat.server.config;

import io.chittychat.server.log.BatchSink;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.log.LocalCommandLog;
import io.chittychat.server.observe.LogHealth;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.RoomLimits;
import io.chittychat.server.rpc.GrpcLimits;
import io.chittychat.server.rpc.OpenBroadcasts;
import io.chittychat.server.rpc.Readers;
import io.chittychat.server.rpc.SessionLeases;
import io.chittychat.server.rpc.WireEvents;
import io.chittychat.server.timeline.Broadcaster;
import io.chittychat.server.timeline.Timeline;
import io.chittychat.time.LamportClock;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the parts are put together: commands flow into the log, batches from it to readers. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    @Bean
    LamportClock lamportClock() {
        return new LamportClock();
    }

    @Bean
    ParticipantRegistry participantRegistry() {
        return new ParticipantRegistry();
    }

    @Bean
    Room room(LamportClock clock, ParticipantRegistry participants, ChittyProperties properties) {
        return new Room(
                clock,
                participants,
                new RoomLimits(
                        properties.limits().maxParticipants(),
                        properties.session().resumeWindow()));
    }

    @Bean
    Timeline timeline(LamportClock clock, ChittyProperties properties) {
        return new Timeline(clock.read(), properties.timeline().maxBytes().toBytes());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Broadcaster broadcaster(Timeline timeline, ChittyProperties properties) {
        return new Broadcaster(timeline, properties.broadcast().slowReaderTimeout());
    }

    @Bean
    OpenBroadcasts openBroadcasts() {
        return new OpenBroadcasts();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LocalCommandLog commandLog(Room room, OpenBroadcasts broadcasts, Timeline timeline) {
        BatchSink leavers = (events, lamportTime) -> broadcasts.beforeVisible(events);
        BatchSink readers = (events, lamportTime) ->
                timeline.append(events.stream().map(WireEvents::of).toList(), lamportTime);
        return new LocalCommandLog(room, Clock.systemUTC(), List.of(leavers, readers));
    }

    @Bean
    Readers readers(Timeline timeline, Broadcaster broadcaster, OpenBroadcasts broadcasts) {
        return new Readers(UUID.randomUUID().toString(), timeline, broadcaster, broadcasts);
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
    SessionLeases sessionLeases(CommandLog log, ScheduledExecutorService leaseTimer, ChittyProperties properties) {
        return new SessionLeases(
                log, leaseTimer, System::nanoTime, properties.session().resumeWindow());
    }

    @Bean
    ServiceLog serviceLog() {
        return new ServiceLog();
    }

    @Bean
    LogHealth commandLogHealthIndicator(CommandLog log) {
        return new LogHealth(() -> log.state() == CommandLog.State.OPEN);
    }

    @Bean
    GrpcLimits grpcLimits(ChittyProperties properties) {
        ChittyProperties.Grpc grpc = properties.grpc();
        return new GrpcLimits(
                new GrpcLimits.Keepalive(grpc.keepaliveTime(), grpc.keepaliveTimeout(), grpc.permitKeepaliveTime()),
                Math.toIntExact(grpc.maxMessageSize().toBytes()),
                Math.toIntExact(grpc.maxMetadataSize().toBytes()),
                grpc.maxCallsPerConnection(),
                grpc.maxResetsPerSecond());
    }
}
