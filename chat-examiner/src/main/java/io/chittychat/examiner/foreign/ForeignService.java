package io.chittychat.examiner.foreign;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.chittychat.v1.ChatProto;
import java.util.List;
import java.util.stream.Collectors;

/** The service that is examined, as its contract describes it. */
public final class ForeignService {

    private final ServiceDescriptor service;

    private ForeignService(ServiceDescriptor service) {
        this.service = service;
    }

    /** The service of this system's own contract. */
    public static ForeignService ofOwnContract() {
        return new ForeignService(ChatProto.getDescriptor().findServiceByName("ChatService"));
    }

    /**
     * A service among others.
     *
     * @param name with or without its package
     * @throws CannotExamineException if there is none, or more than one, with what there is
     */
    static ForeignService among(List<ServiceDescriptor> services, String name, String where) {
        List<ServiceDescriptor> found = services.stream()
                .filter(service -> isNamed(service.getFullName(), name))
                .toList();
        if (found.size() == 1) {
            return new ForeignService(found.get(0));
        }
        String all = services.stream().map(ServiceDescriptor::getFullName).collect(Collectors.joining(", "));
        throw new CannotExamineException("%s has %s service %s; it has: %s"
                .formatted(where, found.isEmpty() ? "no" : "more than one", name, all.isEmpty() ? "none" : all));
    }

    /** Whether a service has this name, with or without its package. */
    static boolean isNamed(String fullName, String name) {
        return fullName.equals(name) || fullName.endsWith("." + name);
    }

    /** The full name. */
    public String name() {
        return service.getFullName();
    }

    /**
     * A method.
     *
     * @throws CannotExamineException if there is none of this name, with those that there are
     */
    public MethodDescriptor method(String name) {
        MethodDescriptor method = service.findMethodByName(name);
        if (method == null) {
            throw new CannotExamineException("the service %s has no method %s; it has: %s"
                    .formatted(
                            name(),
                            name,
                            service.getMethods().stream()
                                    .map(MethodDescriptor::getName)
                                    .collect(Collectors.joining(", "))));
        }
        return method;
    }
}
