package io.chittychat.server.rpc;

import io.grpc.Channel;

/** What the parts of the contract are tested with. */
interface ContractFixture {

    /** To the service under test. */
    Channel channel();

    /** The errors that the service has sent. */
    ErrorConformance errors();

    /** A new participant, who leaves at the end of the test. */
    Participant join();

    /** What the service calls a participant. */
    default String nameOf(Participant participant) {
        return join().history(participant.session.getLamportTime() - 1).get(0).getParticipant();
    }
}
