package io.chittychat.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls are exported as spans, if tracing is configured. */
@ExtendWith(RunningServer.Shared.class)
class TracingTest {

    @Test
    void callIsASpanOfItsCallersTraceWithoutTextsOfMessages(RunningServer server) {
        String spans = server.spansWith("chittychat.v1.ChatService/Publish");
        String trace = new String(HexFormat.of().parseHex(RunningServer.TRACE), StandardCharsets.ISO_8859_1);
        assertThat(spans)
                .contains("chittychat.v1.ChatService/Join")
                .contains("rpc.method")
                .contains("chat-server")
                .contains(trace)
                .doesNotContain(RunningServer.TEXT)
                .doesNotContain(server.token)
                .doesNotContain("alice");
    }
}
