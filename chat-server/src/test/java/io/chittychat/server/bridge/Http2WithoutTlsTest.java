package io.chittychat.server.bridge;

import org.springframework.boot.test.context.SpringBootTest;

/** HTTP/2 without encryption, as a proxy speaks it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "chitty.http.http2-without-tls=true")
class Http2WithoutTlsTest extends Http2Readers {}
