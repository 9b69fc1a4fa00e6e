/** What participants do to a service, and what is concluded from its answers. */
@NullMarked
package io.chittychat.examiner.scenario;

import org.jspecify.annotations.NullMarked;
