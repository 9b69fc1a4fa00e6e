package io.chittychat.examiner.server;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.function.Function;

/**
 * Where one participant hears what happens.
 *
 * @param stream its stream
 * @param words makes a message of its kind
 */
record Ear<T>(ServerCallStreamObserver<T> stream, Function<Told, T> words) {

    boolean isReady() {
        return stream.isReady();
    }

    void hear(Told told) {
        if (!stream.isCancelled()) {
            stream.onNext(words.apply(told));
        }
    }
}
