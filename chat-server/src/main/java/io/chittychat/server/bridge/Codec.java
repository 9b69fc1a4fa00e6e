package io.chittychat.server.bridge;

/**
 * The encoding of messages on the wire. In the process they are always binary protobuf.
 *
 * <p>Threading: any thread.
 */
interface Codec {

    /** Messages are binary on the wire, too, and are not parsed. */
    Codec BINARY = new Codec() {
        @Override
        public byte[] decode(byte[] request) {
            return request;
        }

        @Override
        public byte[] encode(byte[] response) {
            return response;
        }
    };

    /**
     * Decodes a request.
     *
     * @return the request as binary protobuf
     * @throws RefusedException if it is malformed
     */
    byte[] decode(byte[] request) throws RefusedException;

    /** Encodes a response, which is binary protobuf. */
    byte[] encode(byte[] response);
}
