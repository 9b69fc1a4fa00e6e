package io.chittychat.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.server.log.CommandCodec.UnknownCommandException;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every process that reads the log, of this version or a later one, must read the same commands. */
class CommandCodecTest {

    private static final SessionId SESSION = new SessionId(1, 2);
    private static final SessionId HIGHEST = new SessionId(-1, Long.MIN_VALUE);
    private static final ParticipantName ALICE = new ParticipantName("Alice", "alice");
    private static final JoinKey KEY = new JoinKey(new JoinKey.Bits(3, 4), new JoinKey.Bits(5, 6));

    /** Bytes of this version, which later versions must read. */
    private static final Map<String, Command<?>> GOLDEN = Map.of(
            "0801124e0a05416c6963651205616c6963651a1209010000000000000011020000000000000022280a"
                    + "1209030000000000000011040000000000000012120905000000000000001106000000000000002829",
            new Command.Join(ALICE, SESSION, Optional.of(KEY), 41),
            "080112240a05416c6963651205616c6963651a120901000000000000001102000000000000002829",
            new Command.Join(ALICE, SESSION, Optional.empty(), 41),
            "08011a1e0a12090100000000000000110200000000000000120368c3af180720ac02",
            new Command.Publish(SESSION, "h\u00ef", 7, 300),
            "08011a200a12090100000000000000110200000000000000120368c3af180720ac022806",
            new Command.Publish(SESSION, "h\u00ef", 7, 6, 300),
            "080122160a120901000000000000001102000000000000001029",
            new Command.Leave(SESSION, 41),
            "08012a160a120901000000000000001102000000000000001029",
            new Command.Attach(SESSION, 41),
            "080132160a120901000000000000001102000000000000001029",
            new Command.Detach(SESSION, 41),
            "080142140a12090100000000000000110200000000000000",
            new Command.Touch(SESSION),
            "08013a280a120901000000000000001102000000000000001212090300000000000000110400000000000000",
            new Command.Expire(SESSION, new SessionId(3, 4)));

    static Stream<Map.Entry<String, Command<?>>> golden() {
        return GOLDEN.entrySet().stream();
    }

    static Stream<Command<?>> extremes() {
        return Stream.of(
                new Command.Join(ParticipantName.of("\uff2e\u00e9e"), HIGHEST, Optional.of(KEY), Long.MAX_VALUE),
                new Command.Publish(HIGHEST, "\ud83d\ude00 \u0000", Long.MIN_VALUE, -1),
                new Command.Publish(SESSION, "", 0, 0),
                new Command.Publish(HIGHEST, "x", -1, -2, 3),
                new Command.Leave(HIGHEST, 0),
                new Command.Attach(HIGHEST, Long.MIN_VALUE),
                new Command.Detach(HIGHEST, Long.MAX_VALUE),
                new Command.Touch(HIGHEST),
                new Command.Expire(new SessionId(0, 0), HIGHEST));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void bytesOfACommandStayTheSame(Map.Entry<String, Command<?>> golden) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(golden.getKey());
        assertThat(CommandCodec.encode(golden.getValue())).isEqualTo(bytes);
        assertThat(CommandCodec.decode(bytes)).isEqualTo(golden.getValue());
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void commandIsEqualAfterEncodingAndDecoding(Command<?> command) throws Exception {
        assertThat(CommandCodec.decode(CommandCodec.encode(command))).isEqualTo(command);
    }

    @Test
    void everyKindOfCommandHasItsGoldenBytes() {
        assertThat(GOLDEN.values().stream().map(Object::getClass).distinct())
                .hasSameElementsAs(List.of(Command.class.getPermittedSubclasses()));
    }

    @Test
    void unknownBytesAreRefused() {
        for (String bytes : new String[] {"0802220208", "08022200", "0801", "08014a00", "08015200", "08017a00", "ff"}) {
            assertThatThrownBy(() -> CommandCodec.decode(HexFormat.of().parseHex(bytes)))
                    .isInstanceOf(UnknownCommandException.class);
        }
    }
}
