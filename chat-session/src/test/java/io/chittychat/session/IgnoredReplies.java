package io.chittychat.session;

import io.grpc.stub.StreamObserver;

/** For calls made straight to the fake. */
final class IgnoredReplies<T> implements StreamObserver<T> {

    @Override
    public void onNext(T value) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
}
