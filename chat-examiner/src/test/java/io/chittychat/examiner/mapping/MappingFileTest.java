package io.chittychat.examiner.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.examiner.foreign.ContractFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a mapping that is not valid: the place, and what would be. */
class MappingFileTest {

    private static final String VALID = """
            service: named.ChatService
            join: {call: Join, send: {name: $name, time: $time}}
            publish: {call: Publish, send: {sender: $name, content: $text}, answer: {time: time}}
            leave: {call: Leave, send: {name: $name}}
            broadcast: {call: Join, event: {time: time, from: sender, text: content}}
            """;

    @TempDir
    private Path dir;

    @Test
    void validMappingSaysWhichWordsAreOnOneStream() throws IOException {
        Mapping mapping = read(VALID);

        assertThat(mapping.service()).isEqualTo("named.ChatService");
        assertThat(mapping.joinsByBroadcast()).isTrue();
        assertThat(mapping.isBroadcast(mapping.publish())).isFalse();
        assertThat(mapping.join().send().has("time")).isTrue();
        assertThat(mapping.publish().send().has("time")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "call: Join, send: {name: $name | call: Join, send: {nick: $name | join.send: named.Participant has no field 'nick'; it has: name, time",
                "{call: Publish | {call: Say | the service named.ChatService has no method Say; it has: Join, Publish, Leave",
                "{content: $text} | {content: $words} | publish.send: there is no $words; there are $id, $name, $sequence",
                "call: Leave, send: {name: $name} | call: Leave, send: {time: soon} | leave.send: 'soon' is no number for the field time",
                "leave: {call: Leave, send: {name: $name}} | leave: silently | leave: 'silently': give cancel, close, or call and send",
                "answer: {time: time} | answers: {time: time} | publish: 'answers' is not known here; known are: answer, call, refused, send",
                "{time: time, from | {from | broadcast.event: say which field has the Lamport time (time)",
                "broadcast: {call: Join | broadcast: {call: Publish, send: {content: $text} | broadcast.call: Publish returns no stream",
                "service: named.ChatService | service: named.Other | has no service named.Other; it has: named.ChatService",
                "service: named.ChatService | service: [ | the file is not valid YAML",
                "service: named.ChatService | title: x | 'title' is not known here"
            })
    void faultIsNamedByItsPlace(String part, String instead, String words) {
        String text = VALID.replace("sender: $name, content: $text", "content: $text");
        assertThat(text).contains(part);

        assertThatThrownBy(() -> read(text.replace(part, instead))).hasMessageContaining(words);
    }

    @Test
    void protoThatIsNotValidIsShownAsProtocSaysIt() throws IOException {
        Path proto = Files.writeString(
                dir.resolve("bad.proto"), "syntax = \"proto3\";\nservice Chat { rpc Talk(Nothing) }\n");

        assertThatThrownBy(() -> ContractFile.service(proto, "Chat")).hasMessageContaining("bad.proto:2:");
    }

    @Test
    void protoMayImportWhatIsProtobufsOwnAndWhatIsBesideIt() throws IOException {
        Files.writeString(
                dir.resolve("words.proto"),
                "syntax = \"proto3\";\nimport \"google/protobuf/empty.proto\";\nmessage Word {}\n");
        Path proto = Files.writeString(dir.resolve("chat.proto"), """
                syntax = "proto3";
                import "google/protobuf/empty.proto";
                import "words.proto";
                service Chat { rpc Say(Word) returns (google.protobuf.Empty); }
                """);

        assertThat(ContractFile.service(proto, "Chat")
                        .method("Say")
                        .getOutputType()
                        .getFullName())
                .isEqualTo("google.protobuf.Empty");
    }

    private Mapping read(String text) throws IOException {
        MappingFile file = MappingFile.read(Files.writeString(dir.resolve("mapping.yml"), text));
        return file.resolve(name -> ContractFile.service(Path.of("src/test/proto/named.proto"), name));
    }
}
