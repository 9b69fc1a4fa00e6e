package io.chittychat.demo.faults.mutation;

import io.chittychat.v1.JoinResponse;
import java.util.Random;

/** Sessions that calls are made in. */
interface Sessions {

    /** One that goes on. */
    JoinResponse staying(Random random);

    /** One that may be ended. */
    JoinResponse leaving(Random random);
}
