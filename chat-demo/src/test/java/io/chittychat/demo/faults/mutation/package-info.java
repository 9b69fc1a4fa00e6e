/** Calls that are nearly right, in great number, against the service as a process. */
@NullMarked
package io.chittychat.demo.faults.mutation;

import org.jspecify.annotations.NullMarked;
