/** Which logs are read: the files that arguments stand for, and the life of the service that they are of. */
@NullMarked
package io.chittychat.trace.input;

import org.jspecify.annotations.NullMarked;
