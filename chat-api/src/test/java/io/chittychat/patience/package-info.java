/** How tests wait. */
@NullMarked
package io.chittychat.patience;

import org.jspecify.annotations.NullMarked;
