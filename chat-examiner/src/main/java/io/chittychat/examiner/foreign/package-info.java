/** What another service offers, as descriptors: from its .proto or by reflection. */
@NullMarked
package io.chittychat.examiner.foreign;

import org.jspecify.annotations.NullMarked;
