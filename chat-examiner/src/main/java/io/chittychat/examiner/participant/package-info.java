/** Participants, who speak to a service by a mapping. */
@NullMarked
package io.chittychat.examiner.participant;

import org.jspecify.annotations.NullMarked;
