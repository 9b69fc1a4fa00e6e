package io.chittychat.server.chat;

import io.chittychat.server.access.Credentials;

/**
 * Who asks to join: where from, and with which credentials.
 *
 * @param origin the address, as far as limits tell one from another
 * @param credentials what was shown
 */
public record Visitor(String origin, Credentials credentials) {}
