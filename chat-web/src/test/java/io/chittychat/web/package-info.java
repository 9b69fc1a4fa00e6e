/** Runs the tests of the page's modules. */
@org.jspecify.annotations.NullMarked
package io.chittychat.web;
