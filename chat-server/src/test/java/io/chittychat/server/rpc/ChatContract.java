package io.chittychat.server.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListEventsResponse;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.ListParticipantsResponse;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.chittychat.v1.SearchEventsRequest;
import io.chittychat.v1.SearchEventsResponse;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/**
 * The contract's semantics, call by call, over whatever channel a subclass brings. The service's resume window and slow
 * reader's limit are short here.
 */
@Import(ContractConfiguration.class)
abstract class ChatContract {

    static final String SETTINGS_WINDOW = "chitty.session.resume-window=700ms";
    static final String SETTINGS_SLOW = "chitty.broadcast.slow-reader-timeout=500ms";

    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30)); // bounds only; nothing here takes that long by itself
    }

    private static final AtomicInteger NAMES = new AtomicInteger();

    @Autowired
    private ErrorConformance errors;

    abstract Channel channel();

    @Autowired
    private ParticipantRegistry registry;

    private final List<Participant> joined = new ArrayList<>();

    @AfterEach
    void everyErrorIsInTheTable() {
        assertThat(errors.violations).isEmpty();
    }

    /** A participant of one test must not leave during another. */
    @AfterEach
    void roomIsEmptyAgain() {
        joined.forEach(Participant::leaveIfPresent);
        await().until(() -> registry.size() == 0);
    }

    private Participant join() {
        Participant participant = Participant.join(channel(), name());
        joined.add(participant);
        return participant;
    }

    static String name() {
        return "p" + NAMES.incrementAndGet();
    }

    static ErrorReason refused(ThrowingCallable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).as("a refusal").isNotNull();
        return ErrorReason.of(failure).orElseThrow(() -> new AssertionError("no reason", failure));
    }

    @Test
    void newcomerReceivesItsOwnJoinFirst() {
        join();
        Participant alice = join();
        Event first = alice.listen().until(1).events.get(0);
        assertThat(first.getLamportTime()).isEqualTo(alice.session.getLamportTime());
        assertThat(first.getType()).isEqualTo(EventType.EVENT_TYPE_JOINED);
        assertThat(first.getText())
                .isEqualTo("Participant %s joined Chitty-Chat at Lamport time %d"
                        .formatted(first.getParticipant(), first.getLamportTime()));
    }

    @Test
    void everybodySeesTheSameEventsInTheSameOrder() {
        Participant alice = join();
        Participant bob = join();
        Participant carol = join();
        List<Participant> all = List.of(alice, bob, carol);
        List<Participant.Inbox> inboxes =
                all.stream().map(p -> p.listen(carol.session.getLamportTime())).toList();
        inboxes.forEach(Participant.Inbox::caughtUp);
        List<Thread> talkers = new ArrayList<>();
        for (Participant participant : all) {
            Thread talker = new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    participant.publish("message " + i);
                }
            });
            talkers.add(talker);
            talker.start();
        }
        talkers.forEach(ChatContract::join);
        inboxes.forEach(inbox -> inbox.until(600));

        assertThat(inboxes.get(0).times()).isSorted().doesNotHaveDuplicates();
        assertThat(inboxes.get(1).events).isEqualTo(inboxes.get(0).events);
        assertThat(inboxes.get(2).events).isEqualTo(inboxes.get(0).events);
        long previous = carol.session.getLamportTime();
        for (Event event : inboxes.get(0).events) {
            assertThat(event.getPreviousLamportTime()).isEqualTo(previous);
            previous = event.getLamportTime();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void publishIsOneEventAfterBothClocks() {
        Participant alice = join();
        long joined = alice.session.getLamportTime();
        PublishResponse answer = alice.calls()
                .publish(alice.message("hi")
                        .setLamportTime(joined + 100)
                        .setSequence(3)
                        .build());
        assertThat(answer.getLamportTime()).isEqualTo(joined + 101);
        assertThat(answer.getSequence()).isEqualTo(3);
        Event event = alice.listen().until(2).events.get(1);
        assertThat(event.getLamportTime()).isEqualTo(joined + 101);
        assertThat(event.getParticipantLamportTime()).isEqualTo(joined + 100);
        assertThat(event.getSequence()).isEqualTo(3);
        assertThat(event.getText()).isEqualTo("hi");
        assertThat(event.getRecordedAt().getSeconds()).isGreaterThan(1_700_000_000L);
    }

    @Test
    void acceptedBroadcastIsAnEventOfTheService() {
        Participant alice = join();
        long time = alice.listen(0).caughtUp().caughtUp.get(0);
        assertThat(time).isEqualTo(alice.session.getLamportTime() + 1);
        assertThat(alice.publish("next")).isEqualTo(time + 1);
    }

    @Test
    void readingAndRefusalsDoNotMoveTheClock() {
        Participant alice = join();
        long joined = alice.session.getLamportTime();
        alice.present();
        alice.history(0);
        alice.search("anything", 10);
        refused(() -> alice.search("", 10));
        refused(() -> alice.publish(""));
        refused(() -> alice.publish("x".repeat(129)));
        refused(() -> Participant.join(channel(), "server"));
        assertThat(alice.publish("next")).isEqualTo(joined + 1);
    }

    @Test
    void resumingMissesNothingAndRepeatsNothing() {
        long seed = System.nanoTime();
        System.out.println("resumingMissesNothingAndRepeatsNothing: seed " + seed);
        Random random = new Random(seed);
        Participant alice = join();
        Participant bob = join();
        List<Long> expected = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        long cursor = bob.session.getLamportTime();
        for (int round = 0; round < 20; round++) {
            Participant.Inbox inbox = bob.listen(cursor);
            int during = random.nextInt(20);
            for (int i = 0; i < during; i++) {
                expected.add(alice.publish("during " + i));
            }
            int upTo = random.nextInt(1 + expected.size() - seen.size());
            inbox.until(upTo).cancel();
            List<Long> taken = List.copyOf(inbox.times());
            seen.addAll(taken);
            cursor = taken.isEmpty() ? cursor : taken.get(taken.size() - 1);
            expected.add(alice.publish("between"));
        }
        Participant.Inbox rest = bob.listen(cursor).until(expected.size() - seen.size());
        seen.addAll(rest.times());
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void cursorZeroIsAlwaysOnesOwnJoin() {
        Participant alice = join();
        alice.publish("one");
        alice.listen(0).until(2).cancel();
        join();
        assertThat(alice.listen(0).until(3).events.get(0).getLamportTime()).isEqualTo(alice.session.getLamportTime());
    }

    @Test
    void caughtUpIsSentOnceAndIsASafeCursor() {
        Participant alice = join();
        Participant.Inbox inbox = alice.listen().caughtUp();
        alice.publish("one");
        inbox.until(2);
        assertThat(inbox.caughtUp).hasSize(1);
        inbox.cancel();
        assertThat(alice.listen(inbox.caughtUp.get(0)).until(1).texts()).containsExactly("one");
    }

    @Test
    void newerBroadcastEndsTheOlder() {
        Participant alice = join();
        Participant.Inbox older = alice.listen().caughtUp();
        Participant.Inbox newer = alice.listen().caughtUp();
        assertThat(ErrorReason.of(older.awaitError())).contains(ErrorReason.SUPERSEDED);
        alice.publish("still here");
        newer.until(2);
    }

    @Test
    void leaverEndsBeforeItsLeftEventAndOthersReceiveItOnce() {
        Participant alice = join();
        Participant bob = join();
        Participant.Inbox leaver = alice.listen().caughtUp();
        Participant.Inbox other = bob.listen().caughtUp();
        long left = alice.leave();
        assertThat(leaver.awaitEnd().isOk()).isTrue();
        assertThat(leaver.times()).doesNotContain(left);
        bob.publish("bye");
        other.until(3);
        assertThat(other.times()).containsOnlyOnce(left);
        assertThat(other.events.get(1).getText()).endsWith("left Chitty-Chat at Lamport time " + left);
        assertThat(refused(alice::leave)).isEqualTo(ErrorReason.SESSION_UNKNOWN);
        assertThat(refused(() -> alice.publish("?"))).isEqualTo(ErrorReason.SESSION_UNKNOWN);
    }

    @Test
    void whoeverDropsOutLeavesOnceWhenTheWindowHasPassed() {
        Participant alice = join();
        Participant bob = join();
        Participant.Inbox others = bob.listen().caughtUp();
        alice.listen().caughtUp().cancel();
        others.until(2);
        assertThat(others.events.get(1).getType()).isEqualTo(EventType.EVENT_TYPE_LEFT);
        assertThat(refused(() -> alice.publish("?"))).isEqualTo(ErrorReason.SESSION_UNKNOWN);
        assertThat(others.events).hasSize(2);
    }

    @Test
    void comingBackWithinTheWindowLeavesNoTrace() {
        Participant alice = join();
        Participant bob = join();
        Participant.Inbox others = bob.listen().caughtUp();
        for (int i = 0; i < 5; i++) {
            alice.listen().caughtUp().cancel();
        }
        alice.listen().caughtUp();
        alice.publish("here");
        others.until(2);
        assertThat(others.events.get(1).getText()).isEqualTo("here");
    }

    @Test
    void anyCallIsASignOfLife() {
        Participant alice = join();
        Participant idle = join();
        await().until(() -> !alice.present().contains(nameOf(idle)));
        assertThat(alice.present()).contains(nameOf(alice));
        assertThat(refused(idle::present)).isEqualTo(ErrorReason.SESSION_UNKNOWN);
    }

    private String nameOf(Participant participant) {
        return join().history(participant.session.getLamportTime() - 1).get(0).getParticipant();
    }

    @Test
    void leaveRacingWithALostConnectionLeavesOnce() {
        Participant witness = join();
        Participant.Inbox others = witness.listen().caughtUp();
        List<Participant> leavers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Participant leaver = join();
            leavers.add(leaver);
            Participant.Inbox inbox = leaver.listen();
            Thread cancelling = new Thread(inbox::cancel);
            cancelling.start();
            leaver.leave();
            join(cancelling);
        }
        others.until(1 + 2 * leavers.size());
        assertThat(others.events.stream().filter(e -> e.getType() == EventType.EVENT_TYPE_LEFT))
                .extracting(Event::getParticipant)
                .doesNotHaveDuplicates()
                .hasSize(leavers.size());
    }

    @Test
    void repeatedPublishAppendsNothing() {
        Participant alice = join();
        PublishRequest request = alice.message("once").setSequence(9).build();
        long time = alice.calls().publish(request).getLamportTime();
        assertThat(alice.calls().publish(request).getLamportTime()).isEqualTo(time);
        assertThat(alice.history(alice.session.getLamportTime())).hasSize(1);
    }

    @Test
    void repeatedJoinReturnsTheSameSession() {
        JoinRequest request = JoinRequest.newBuilder()
                .setParticipantName(name())
                .setRequestId("f3a1")
                .build();
        JoinResponse first = Participant.calls(channel()).join(request);
        JoinResponse again = Participant.calls(channel()).join(request);
        assertThat(again).isEqualTo(first);
        assertThat(first.getResumeWindow().getNanos()).isEqualTo(700_000_000);
        assertThat(refused(() -> Participant.join(channel(), request.getParticipantName())))
                .isEqualTo(ErrorReason.NAME_TAKEN);
    }

    @Test
    void tokensAreNotGuessable() {
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            tokens.add(join().token());
        }
        assertThat(tokens).hasSize(50).allMatch(token -> token.length() == 22); // 128 bits in Base64
    }

    @Test
    void impostorsAreRefusedEverywhere() {
        for (String token : List.of("", "wrong", "\u0000", "x".repeat(5000))) {
            var calls = Participant.calls(channel());
            assertThat(List.of(
                            refused(() -> calls.publish(PublishRequest.newBuilder()
                                    .setSessionToken(token)
                                    .setText("hi")
                                    .build())),
                            refused(() -> calls.leave(LeaveRequest.newBuilder()
                                    .setSessionToken(token)
                                    .build())),
                            refused(() -> calls.listEvents(ListEventsRequest.newBuilder()
                                    .setSessionToken(token)
                                    .build())),
                            refused(() -> calls.searchEvents(SearchEventsRequest.newBuilder()
                                    .setSessionToken(token)
                                    .setQuery("hi")
                                    .build())),
                            refused(() -> calls.listParticipants(ListParticipantsRequest.newBuilder()
                                    .setSessionToken(token)
                                    .build())),
                            refused(() -> calls.broadcast(BroadcastRequest.newBuilder()
                                            .setSessionToken(token)
                                            .build())
                                    .next())))
                    .containsOnly(ErrorReason.SESSION_UNKNOWN);
        }
    }

    @Test
    void poisonedClocksAreRefused() {
        Participant alice = join();
        for (long time : new long[] {alice.session.getLamportTime() + (1 << 21), Long.MAX_VALUE, -1L}) {
            assertThat(List.of(
                            refused(() -> alice.calls()
                                    .publish(alice.message("hi")
                                            .setLamportTime(time)
                                            .build())),
                            refused(() -> alice.calls()
                                    .leave(LeaveRequest.newBuilder()
                                            .setSessionToken(alice.token())
                                            .setLamportTime(time)
                                            .build())),
                            refused(() -> alice.calls()
                                    .broadcast(alice.reading(0)
                                            .setLamportTime(time)
                                            .build())
                                    .next()),
                            refused(() -> Participant.calls(channel())
                                    .join(JoinRequest.newBuilder()
                                            .setParticipantName(name())
                                            .setLamportTime(time)
                                            .build()))))
                    .containsOnly(ErrorReason.LAMPORT_TIME_TOO_FAR_AHEAD);
        }
        assertThat(alice.publish("unharmed")).isEqualTo(alice.session.getLamportTime() + 1);
    }

    @Test
    void textLimitCountsCodePoints() {
        Participant alice = join();
        for (String unit : List.of("a", "é", "e\u0301", "😀", "漢")) {
            int points = unit.codePointCount(0, unit.length());
            String longest = unit.repeat(128 / points);
            alice.publish(longest);
            assertThat(refused(() -> alice.publish(longest + "a"))).isEqualTo(ErrorReason.TEXT_TOO_LONG);
            assertThat(alice.history(alice.session.getLamportTime()))
                    .extracting(Event::getText)
                    .contains(longest);
        }
        assertThat(refused(() -> alice.publish(" \t\u3000\u2028"))).isEqualTo(ErrorReason.TEXT_BLANK);
        alice.publish("\u001b[31mcontrol characters are legal\n");
    }

    @Test
    void cursorOutsideTheLogIsRefused() {
        Participant alice = join();
        assertThat(refused(() -> alice.calls()
                        .broadcast(alice.reading(alice.session.getLamportTime() + 1000)
                                .build())
                        .next()))
                .isEqualTo(ErrorReason.RESUME_POINT_GONE);
        assertThat(refused(() -> alice.history(-1))).isEqualTo(ErrorReason.RESUME_POINT_GONE);
    }

    @Test
    void cursorOfAnotherLogIsRefused() {
        Participant alice = join();
        assertThat(refused(() -> alice.calls()
                        .broadcast(alice.reading(3)
                                .setEpoch("another")
                                .setLamportTime(1L << 40)
                                .build())
                        .next()))
                .isEqualTo(ErrorReason.EPOCH_CHANGED);
    }

    @Test
    void participantsComeInPages() {
        Participant first = join();
        List<Participant> rest = List.of(join(), join(), join(), join());
        Set<Long> joins = new HashSet<>();
        String token = "";
        do {
            ListParticipantsResponse page = first.calls()
                    .listParticipants(ListParticipantsRequest.newBuilder()
                            .setSessionToken(first.token())
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            page.getParticipantsList()
                    .forEach(
                            p -> assertThat(joins.add(p.getJoinedLamportTime())).isTrue());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        rest.forEach(p -> assertThat(joins).contains(p.session.getLamportTime()));
        for (String wrong : List.of("x", "!", "YWZ0ZXI6LTE", "YWZ0ZXI6")) {
            assertThat(refused(() -> first.calls()
                            .listParticipants(ListParticipantsRequest.newBuilder()
                                    .setSessionToken(first.token())
                                    .setPageToken(wrong)
                                    .build())))
                    .isEqualTo(ErrorReason.PAGE_TOKEN_INVALID);
        }
    }

    @Test
    void historyComesInPages() {
        Participant alice = join();
        List<Long> published = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            published.add(alice.publish("message " + i));
        }
        List<Long> listed = new ArrayList<>();
        ListEventsRequest.Builder request =
                ListEventsRequest.newBuilder().setSessionToken(alice.token()).setPageSize(10);
        request.setAfterLamportTime(alice.session.getLamportTime());
        ListEventsResponse page;
        do {
            page = alice.calls().listEvents(request.build());
            page.getEventsList().forEach(event -> listed.add(event.getLamportTime()));
            request.setAfterLamportTime(listed.get(listed.size() - 1));
        } while (page.getEventsCount() == 10);
        assertThat(listed).isEqualTo(published);
        assertThat(page.getLamportTime()).isEqualTo(published.get(24));
    }

    @Test
    void messagesAreFoundByTheirWordsTheNewestFirst() {
        Participant alice = join();
        String unique = "needle" + name();
        long first = alice.publish("One " + unique + " in a haystack");
        alice.publish("a haystack");
        long second = alice.publish("in a HÄYSTACK: another " + unique.toUpperCase(Locale.ROOT) + "!");
        assertThat(alice.search(unique, 0)).extracting(Event::getLamportTime).containsExactly(second, first);
        assertThat(alice.search("haystack " + unique, 0)).isEqualTo(alice.search(unique, 0));
        assertThat(alice.search(unique + " another", 0))
                .isEqualTo(alice.history(second - 1).subList(0, 1));
        assertThat(alice.search(unique + " anoth", 0)).hasSize(1);
        assertThat(alice.search(unique + " other", 0)).isEmpty();
    }

    @Test
    void onlyWhatWasSaidIsFound() {
        Participant alice = join();
        assertThat(alice.search(nameOf(alice), 0)).isEmpty();
        assertThat(alice.search("joined Chitty Chat at Lamport time " + alice.session.getLamportTime(), 0))
                .isEmpty();
    }

    @Test
    void nothingInAQueryIsSyntax() {
        Participant alice = join();
        String unique = "syntax" + name();
        long time = alice.publish(unique + " 漢字です and near \"quoted\"");
        for (String query : List.of(
                "%s",
                "\"%s",
                "%s*",
                "-%s",
                "^%s",
                "%s:",
                "NEAR(%s)",
                "%s AND near",
                "%s - quoted",
                "%s 漢字",
                "{%s}",
                "😀 %s")) {
            assertThat(alice.search(query.formatted(unique), 0))
                    .as(query)
                    .extracting(Event::getLamportTime)
                    .containsExactly(time);
        }
        for (String query : List.of("%s OR nothing", "NOT %s", "%s NEAR/2 quoted", "words:%s")) {
            assertThat(alice.search(query.formatted(unique), 0)).as(query).isEmpty();
        }
        for (String query : List.of("😀", "\"", "*", "--", ":")) {
            assertThat(alice.search(query, 0)).as(query).isEmpty();
        }
        assertThat(alice.search("\ufdfa".repeat(128), 0)).isEmpty(); // each stands for four words
    }

    @Test
    void searchThatIsWrongIsRefused() {
        Participant alice = join();
        assertThat(refused(() -> alice.search(" \t", 0))).isEqualTo(ErrorReason.TEXT_BLANK);
        assertThat(refused(() -> alice.search("x".repeat(129), 0))).isEqualTo(ErrorReason.TEXT_TOO_LONG);
        assertThat(RawCalls.reason(RawCalls.search(channel(), alice.token(), new byte[] {'a', (byte) 0xc3})))
                .isEqualTo(ErrorReason.TEXT_NOT_UTF8);
        String ahead = Base64.getUrlEncoder().withoutPadding().encodeToString("before:99999999999".getBytes(US_ASCII));
        for (String wrong : List.of("x", "!", "YWZ0ZXI6NQ", "YmVmb3JlOi0x", ahead)) {
            assertThat(refused(() -> alice.search("x", 0, wrong))).isEqualTo(ErrorReason.PAGE_TOKEN_INVALID);
        }
    }

    @Test
    void pagesNeitherRepeatNorMissAnythingWhileMessagesArePublished() {
        Participant alice = join();
        String unique = "page" + name();
        List<Long> published = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            published.add(alice.publish(unique + " " + i));
            alice.publish("something else");
        }
        Collections.reverse(published);
        List<Long> found = new ArrayList<>();
        String token = "";
        do {
            SearchEventsResponse page = alice.search(unique, 7, token);
            assertThat(page.getEventsCount()).isLessThanOrEqualTo(7);
            page.getEventsList().forEach(event -> found.add(event.getLamportTime()));
            token = page.getNextPageToken();
            long newer = alice.publish(unique + " newer");
            assertThat(alice.search(unique, 1, "").getEvents(0).getLamportTime())
                    .isEqualTo(newer);
        } while (!token.isEmpty());
        assertThat(found).isEqualTo(published);
    }

    @Test
    void searchTellsTheTimeUpToWhichItLooked() {
        Participant alice = join();
        String unique = "upto" + name();
        long time = alice.publish(unique);
        assertThat(alice.search(unique, 1, "").getLamportTime()).isGreaterThanOrEqualTo(time);
        assertThat(alice.search(unique, 1, "").getNextPageToken()).isEmpty();
    }

    @Test
    void malformedBytesAreRefused() {
        assertThat(RawCalls.publish(channel(), new byte[] {(byte) 0xff, 1, 2}).getCode())
                .isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void textThatIsNotUtf8IsRefusedAndHarmsNothing() {
        Participant alice = join();
        byte[] bad = {'h', 'i', (byte) 0xc3, (byte) 0x28};
        assertThat(RawCalls.reason(RawCalls.publish(channel(), RawCalls.message(alice.token(), bad))))
                .isEqualTo(ErrorReason.TEXT_NOT_UTF8);
        assertThat(RawCalls.reason(RawCalls.join(channel(), bad))).isEqualTo(ErrorReason.NAME_INVALID);
        alice.publish("still here");
    }

    @Test
    void readerThatReadsNothingIsEndedAndDelaysNobody() {
        Participant alice = join();
        Participant bob = join();
        Participant.Inbox deaf =
                new Participant.Inbox(channel(), alice.reading(0).build(), false);
        Participant.Inbox others = bob.listen().caughtUp();
        PublishStreamClient signOfLife = new PublishStreamClient(channel());
        signOfLife.send(alice.message("here").build());
        signOfLife.replies(1);
        PublishStreamClient stream = new PublishStreamClient(channel());
        int count = 30_000;
        for (int i = 0; i < count; i++) {
            stream.send(bob.message("x".repeat(128)).build());
        }
        stream.replies(count);
        others.until(count + 2);
        await().until(() -> errors.seen.contains(ErrorReason.SLOW_READER));
        deaf.drain();
        assertThat(ErrorReason.of(deaf.awaitError())).contains(ErrorReason.SLOW_READER);
        List<Long> seen = new ArrayList<>(deaf.times());
        long last = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
        seen.addAll(alice.listen(last).caughtUp().times());
        assertThat(seen.subList(2, seen.size())).isEqualTo(others.times().subList(1, others.events.size()));
    }

    @Test
    void publishStreamAnswersInOrderAndGoesOnAfterARefusal() {
        Participant alice = join();
        PublishStreamClient stream = new PublishStreamClient(channel());
        stream.send(alice.message("one").setSequence(1).build());
        stream.send(PublishRequest.newBuilder().setText("two").setSequence(2).build());
        stream.send(PublishRequest.newBuilder().setText("").setSequence(3).build());
        stream.send(PublishRequest.newBuilder()
                .setSessionToken("wrong")
                .setText("four")
                .setSequence(4)
                .build());
        stream.send(alice.message("five").setSequence(5).build());
        stream.send(alice.message("one").setSequence(1).build());
        stream.complete();

        List<PublishResponse> replies = stream.replies(6);
        assertThat(stream.awaitEnd().isOk()).isTrue();
        assertThat(replies).extracting(PublishResponse::getSequence).containsExactly(1L, 2L, 3L, 4L, 5L, 1L);
        assertThat(ErrorReason.of(replies.get(2).getError())).contains(ErrorReason.TEXT_BLANK);
        assertThat(ErrorReason.of(replies.get(3).getError())).contains(ErrorReason.SESSION_UNKNOWN);
        assertThat(replies.get(4).hasError()).isFalse();
        assertThat(replies.get(5).getLamportTime()).isEqualTo(replies.get(0).getLamportTime());
        assertThat(alice.history(alice.session.getLamportTime()))
                .extracting(Event::getText)
                .containsExactly("one", "two", "five");
    }

    @Test
    void badBytesOnAPublishStreamHarmOnlyTheirOwnMessage() {
        Participant alice = join();
        PublishStreamClient stream = new PublishStreamClient(channel());
        stream.send(alice.message("one").setSequence(1).build());
        stream.sendRaw(RawCalls.message("", new byte[] {(byte) 0xfe}));
        stream.send(alice.message("three").setSequence(3).build());
        List<PublishResponse> replies = stream.replies(3);
        assertThat(ErrorReason.of(replies.get(1).getError())).contains(ErrorReason.TEXT_NOT_UTF8);
        assertThat(replies.get(2).hasError()).isFalse();
        stream.complete();
    }

    @Test
    void publishStreamThatEndsForRubbishKeepsNoSessionAlive() {
        Participant alice = join();
        Participant witness = join();
        String name = nameOf(alice);
        PublishStreamClient stream = new PublishStreamClient(channel());
        stream.send(alice.message("one").build());
        stream.replies(1);
        stream.sendRaw(new byte[] {(byte) 0xff, 1, 2});
        assertThat(stream.awaitEnd().getCode()).isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
        await().until(() -> !witness.present().contains(name));
    }

    @Test
    void openPublishStreamKeepsASessionAlive() {
        Participant alice = join();
        PublishStreamClient stream = new PublishStreamClient(channel());
        stream.send(alice.message("one").build());
        stream.replies(1);
        Participant idle = join();
        Participant witness = join();
        String idleName = nameOf(idle);
        await().until(() -> !witness.present().contains(idleName)); // the window has passed
        stream.send(alice.message("two").build());
        assertThat(stream.replies(2).get(1).hasError()).isFalse();
        stream.complete();
    }
}
