/** Watches the service during an attack: its users, its log, its meters, its process. */
@NullMarked
package io.chittychat.demo.faults.witness;

import org.jspecify.annotations.NullMarked;
