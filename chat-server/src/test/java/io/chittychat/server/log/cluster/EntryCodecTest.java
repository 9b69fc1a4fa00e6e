package io.chittychat.server.log.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.SessionId;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every node that reads the log, of this version or a later one, must read the same entries. */
class EntryCodecTest {

    private static final Author AUTHOR = new Author(0x1122334455667788L, 3, -2);
    private static final Limits LIMITS = new Limits(100, Duration.ofSeconds(5), Duration.ofMillis(2500));
    private static final Proposal TOUCH = new Proposal.ForRoom(new Command.Touch(new SessionId(1, 2)));

    /** Bytes of this version, which later versions must read. */
    private static final Map<String, List<Proposal>> GOLDEN = Map.of(
            "0801118877665544332211180321feffffffffffffff2807321208014a0e120c086410c096b10218a0cb9801",
            List.of(new Proposal.Starts(LIMITS)),
            "0801118877665544332211180321feffffffffffffff2807320408015200",
            List.of(new Proposal.Stops()),
            "0801118877665544332211180321feffffffffffffff2807320d08015a0908ac02120430613062",
            List.of(new Proposal.Heartbeat(300, "0a0b")),
            "0801118877665544332211180321feffffffffffffff280732120801620e0a0c086410c096b10218a0cb9801",
            List.of(new Proposal.ChangeLimits(LIMITS)),
            "0801118877665544332211180321feffffffffffffff28073218080142140a12090100000000000000110200000000000000320408015a00",
            List.of(TOUCH, new Proposal.Heartbeat(0, "")));

    static Stream<Map.Entry<String, List<Proposal>>> golden() {
        return GOLDEN.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void bytesOfAnEntryStayTheSame(Map.Entry<String, List<Proposal>> golden) throws Exception {
        Entry entry = new Entry(AUTHOR, 7, golden.getValue());
        byte[] bytes = HexFormat.of().parseHex(golden.getKey());
        assertThat(HexFormat.of().formatHex(EntryCodec.encode(entry))).isEqualTo(golden.getKey());
        assertThat(EntryCodec.decode(bytes)).isEqualTo(entry);
    }

    @Test
    void everyKindOfProposalHasItsGoldenBytes() {
        assertThat(GOLDEN.values().stream()
                        .flatMap(List::stream)
                        .map(Object::getClass)
                        .distinct())
                .hasSameElementsAs(List.of(Proposal.class.getPermittedSubclasses()));
    }

    /** Earlier nodes wrote the highest version that they knew. */
    @Test
    void startOfAnEarlierNodeIsRead() throws Exception {
        String bytes = "0801118877665544332211180321feffffffffffffff2807321408014a100801120c086410c096b10218a0cb9801";
        assertThat(EntryCodec.decode(HexFormat.of().parseHex(bytes)).proposals())
                .containsExactly(new Proposal.Starts(LIMITS));
    }

    @Test
    void entryOfAnotherVersionAndOtherBytesAreRefused() {
        for (String bytes : new String[] {"", "ff", "0801", "08023203080142", "0801320208024a00", "080132020801"}) {
            assertThatThrownBy(() -> EntryCodec.decode(HexFormat.of().parseHex(bytes)))
                    .as(bytes)
                    .isInstanceOf(UnknownEntryException.class);
        }
    }

    @Test
    void stateIsEqualAfterEncodingAndDecoding() {
        SessionId session = new SessionId(-1, Long.MIN_VALUE);
        Presence presence = new Presence(-3, 9, 10, 11, session);
        FoldState state = new FoldState(
                5, 6, 7, Optional.of(LIMITS), List.of(new Member(AUTHOR, 2, 3, -1)), Map.of(session, presence));
        assertThat(StateCodec.presence(StateCodec.encode(presence))).isEqualTo(presence);
        assertThat(StateCodec.decode(StateCodec.encode(state), Map.of(session, presence)))
                .isEqualTo(state);
        assertThat(StateCodec.decode(StateCodec.encode(FoldState.EMPTY), Map.of()))
                .isEqualTo(FoldState.EMPTY);
    }
}
