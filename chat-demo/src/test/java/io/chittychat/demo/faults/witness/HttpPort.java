package io.chittychat.demo.faults.witness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service's meters and health, as an operator asks for them. Safe for use by several threads. */
public final class HttpPort {

    private static final Duration BOUND = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(BOUND).build();
    private final String address;

    /** @param address host and port */
    public HttpPort(String address) {
        this.address = address;
    }

    public String address() {
        return address;
    }

    /** The value of a meter, as Prometheus names it, tags included. */
    public double meter(String name) {
        Matcher line = Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE)
                .matcher(get("/actuator/prometheus").body());
        if (!line.find()) {
            throw new IllegalStateException("there is no meter " + name);
        }
        return Double.parseDouble(line.group(1));
    }

    /** Whether liveness and readiness are what an orchestrator wants to hear. */
    public boolean isHealthy() {
        return get("/actuator/health/liveness").statusCode() == 200
                && get("/actuator/health/readiness").statusCode() == 200;
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + path))
                            .timeout(BOUND)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(path + " is not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
