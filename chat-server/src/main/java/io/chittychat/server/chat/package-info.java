/** What the service does for its callers, whatever protocol they speak. Knows the contract's messages, and no gRPC. */
@NullMarked
package io.chittychat.server.chat;

import org.jspecify.annotations.NullMarked;
