/** Rules for settings, and the exception for an invalid one. */
@NullMarked
package io.chittychat.server.setting;

import org.jspecify.annotations.NullMarked;
