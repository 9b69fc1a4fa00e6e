package io.chittychat.server.bridge;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The methods of services, found by the path of a request.
 *
 * <p>Threading: any thread.
 */
final class Methods {

    private final Set<String> services = new HashSet<>();
    private final Map<String, Method> methods = new HashMap<>();

    /** @param definitions services with descriptors; others cannot be called over HTTP */
    Methods(List<ServerServiceDefinition> definitions) {
        definitions.forEach(this::add);
    }

    private void add(ServerServiceDefinition definition) {
        if (!(definition.getServiceDescriptor().getSchemaDescriptor()
                instanceof ProtoServiceDescriptorSupplier schema)) {
            return;
        }
        ServiceDescriptor service = schema.getServiceDescriptor();
        services.add(service.getFullName());
        definition.getMethods().forEach(method -> {
            MethodDescriptor described =
                    service.findMethodByName(method.getMethodDescriptor().getBareMethodName());
            if (described != null) {
                Method own = Method.of(method.getMethodDescriptor(), described);
                methods.put(own.name(), own);
            }
        });
    }

    /** Whether a path is one of a method of these services, whether or not there is such a method. */
    boolean isOfService(String path) {
        int end = path.indexOf('/', 1);
        return end > 1 && services.contains(path.substring(1, end));
    }

    /** The method at a path, such as {@code /package.Service/Method}. */
    Optional<Method> find(String path) {
        return path.startsWith("/") ? Optional.ofNullable(methods.get(path.substring(1))) : Optional.empty();
    }
}
