package io.chittychat.server.rpc;

import io.grpc.Channel;

/** The fixture that all parts of the contract's tests share. */
interface ContractFixture {

    /** A channel to the service under test. */
    Channel channel();

    /** The errors that the service has sent. */
    ErrorConformance errors();

    /** A new participant, who leaves at the end of the test. */
    Participant join();

    /** The name of a participant in the service's events. */
    default String nameOf(Participant participant) {
        return join().history(participant.session.getLamportTime() - 1).get(0).getParticipant();
    }
}
