package io.chittychat.session;

import io.grpc.stub.StreamObserver;

/** Ignores the replies to direct calls of the fake service. */
class IgnoredReplies<T> implements StreamObserver<T> {

    @Override
    public void onNext(T value) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
}
