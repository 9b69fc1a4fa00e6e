package io.chittychat.server.http;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/2. It tells each request how to wait until the client has taken what was written: Tomcat says
 * only whether the client's windows are open. While a thread works on a request, it counts.
 *
 * <p>Threading: any thread.
 */
final class Http2Connection implements Adapter {

    /** The attribute of a request with the {@link Predicate} of tasks that {@link Backlog#whenSent} is. */
    private final String attribute;

    private final Adapter tomcat;
    private final Http2Requests requests;
    private final Backlog backlog;
    private final @Nullable InetAddress from;
    private final Runnable close;

    Http2Connection(
            String attribute,
            Adapter tomcat,
            Http2Requests requests,
            Backlog backlog,
            @Nullable InetAddress from,
            Runnable close) {
        this.attribute = attribute;
        this.tomcat = tomcat;
        this.requests = requests;
        this.backlog = backlog;
        this.from = from;
        this.close = close;
    }

    @Nullable
    InetAddress from() {
        return from;
    }

    void close() {
        close.run();
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        request.setAttribute(attribute, (Predicate<Runnable>) backlog::whenSent);
        Object begun = requests.begin(this);
        try {
            tomcat.service(request, response);
        } finally {
            requests.end(begun);
        }
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return tomcat.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
        return tomcat.asyncDispatch(request, response, event);
    }

    @Override
    public void log(Request request, Response response, long time) {
        tomcat.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        tomcat.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return tomcat.getDomain();
    }
}
