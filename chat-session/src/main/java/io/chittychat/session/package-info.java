/**
 * A participant as a library: joins, publishes, and reads the log without gap or repeat over lost connections. Needs a
 * {@link io.grpc.Channel} and nothing of Spring. {@link io.chittychat.session.ChatSession} is the way in.
 */
@NullMarked
package io.chittychat.session;

import org.jspecify.annotations.NullMarked;
