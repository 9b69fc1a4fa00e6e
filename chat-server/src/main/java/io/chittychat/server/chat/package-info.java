/** The operations of the chat, independent of the protocol. Knows the contract's messages, but not gRPC. */
@NullMarked
package io.chittychat.server.chat;

import org.jspecify.annotations.NullMarked;
