/** What is watched while the service is attacked: those who use it, its log, its meters, its process. */
@NullMarked
package io.chittychat.demo.faults.witness;

import org.jspecify.annotations.NullMarked;
