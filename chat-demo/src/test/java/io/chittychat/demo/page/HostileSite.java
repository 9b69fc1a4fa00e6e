package io.chittychat.demo.page;

import com.sun.net.httpserver.HttpServer;
import io.chittychat.process.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A web site that is not the service's: it has an empty page under every name that leads to it. */
final class HostileSite implements AutoCloseable {

    private final HttpServer site;

    private HostileSite(HttpServer site) {
        this.site = site;
    }

    static HostileSite open() throws IOException {
        HttpServer site = HttpServer.create(new InetSocketAddress(Loopback.HOST, 0), 0);
        byte[] page = "<!doctype html><title>Free kittens</title><p>Kittens!".getBytes(StandardCharsets.UTF_8);
        site.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("content-type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        site.start();
        return new HostileSite(site);
    }

    URI page(String host) {
        return URI.create("http://" + host + ":" + site.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        site.stop(0);
    }
}
