package io.chittychat.examiner.mapping;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.util.Optional;

/**
 * How the assignment's four words are spoken to a service.
 *
 * @param leave empty if participants leave by ending their stream
 * @param closes if there is no {@code leave}: whether a participant closes its side of the stream, and does not cancel it
 */
public record Mapping(
        String service, Call join, Call publish, Optional<Call> leave, boolean closes, Broadcast broadcast) {

    /**
     * How one word is spoken.
     *
     * @param session the field of the answer that names the session
     * @param time the field of the answer that has its Lamport time
     * @param refused the conditions under which an answer, or a message of Broadcast, is a refusal
     */
    public record Call(
            MethodDescriptor method,
            Template send,
            Optional<FieldPath> session,
            Optional<FieldPath> time,
            Conditions refused) {

        /** The name of the method. */
        public String name() {
            return method.getName();
        }

        /** Whether an answer is a refusal. */
        public boolean isRefusal(Message answer) {
            return refused.match(answer).isPresent();
        }
    }

    /**
     * How participants are told.
     *
     * @param send the request, if the stream is not the one of join
     */
    public record Broadcast(MethodDescriptor method, Optional<Template> send, EventReader events) {

        /** The name of the method. */
        public String name() {
            return method.getName();
        }
    }

    /** Whether the call by which a participant joins is the one by which it is told. */
    public boolean joinsByBroadcast() {
        return isBroadcast(join);
    }

    /** Whether a word is spoken on the stream by which participants are told. */
    public boolean isBroadcast(Call call) {
        return call.method().equals(broadcast.method());
    }
}
