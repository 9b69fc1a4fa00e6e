package io.chittychat.server.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Begins each request: gives it a task that cuts off its answer without waiting for the client: it closes the connection, or the
 * stream of HTTP/2. The servlet API has no such thing; Tomcat would wait for the client to take the rest.
 */
public final class CutValve extends ValveBase {

    private final String attribute;

    /** @param attribute the request's attribute for the task */
    public CutValve(String attribute) {
        super(true);
        this.attribute = attribute;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (AnswerWatch.requestBegins()) {
            response.setHeader(
                    "Connection", "close"); // closed later, it might be just when the next request is on its way
        }
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        request.setAttribute(
                attribute, (Runnable) () -> coyote.action(ActionCode.CLOSE_NOW, new IOException("cut off")));
        getNext().invoke(request, response);
    }
}
