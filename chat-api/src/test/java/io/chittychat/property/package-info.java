/** Properties: what must hold of every case that chance draws. */
@NullMarked
package io.chittychat.property;

import org.jspecify.annotations.NullMarked;
