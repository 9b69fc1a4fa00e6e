/**
 * A participant as a library: joins, publishes, and reads the log without gap or repeat over lost connections. It needs a
 * {@link io.grpc.Channel}, and not Spring. Begin with {@link io.chittychat.session.ChatSession}.
 */
@NullMarked
package io.chittychat.session;

import org.jspecify.annotations.NullMarked;
