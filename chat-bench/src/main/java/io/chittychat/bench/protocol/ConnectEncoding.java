package io.chittychat.bench.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.chittychat.v1.BroadcastRequest;

/** How messages of the Connect protocol are encoded. */
public enum ConnectEncoding {
    PROTO("Connect") {
        @Override
        byte[] broadcast(String token, long after) {
            return BroadcastRequest.newBuilder()
                    .setSessionToken(token)
                    .setAfterLamportTime(after)
                    .build()
                    .toByteArray();
        }

        @Override
        MessageWalker events(ProtocolClient told) {
            return new EventWalker(told);
        }
    },

    JSON("Connect JSON") {
        @Override
        byte[] broadcast(String token, long after) {
            return "{\"sessionToken\":\"%s\",\"afterLamportTime\":\"%d\"}"
                    .formatted(token, after)
                    .getBytes(US_ASCII);
        }

        @Override
        MessageWalker events(ProtocolClient told) {
            return new JsonEventWalker(told);
        }
    };

    private final String label;

    ConnectEncoding(String label) {
        this.label = label;
    }

    /** Its name in reports. */
    public String label() {
        return label;
    }

    /** Its name in options and content types. */
    public String id() {
        return this == JSON ? "json" : "proto";
    }

    String contentType() {
        return "application/connect+" + id();
    }

    /** An encoded request. */
    abstract byte[] broadcast(String token, long after);

    /** Reads responses. */
    abstract MessageWalker events(ProtocolClient told);
}
