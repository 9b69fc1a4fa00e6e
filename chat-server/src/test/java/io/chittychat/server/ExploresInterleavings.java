package io.chittychat.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * A test that explores {@link Interleavings}. It is enabled only on JDKs on which the checker works: on JDK 25,
 * Lincheck 3.7 runs without an error but finds no race, not even a planted one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "the checker finds nothing there, not even a planted race")
public @interface ExploresInterleavings {}
