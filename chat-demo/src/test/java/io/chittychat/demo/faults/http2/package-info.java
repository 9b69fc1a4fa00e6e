/** HTTP/2 as bytes, for tests that send what no library would send. */
@NullMarked
package io.chittychat.demo.faults.http2;

import org.jspecify.annotations.NullMarked;
