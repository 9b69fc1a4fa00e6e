/** The service over HTTP, by clients of others. */
@org.jspecify.annotations.NullMarked
package io.chittychat.demo.web;
