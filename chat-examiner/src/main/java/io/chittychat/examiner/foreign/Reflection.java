package io.chittychat.examiner.foreign;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Asks a service for its contract, by gRPC's server reflection.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/server-reflection.md">gRPC Server Reflection Protocol</a>
 */
public final class Reflection {

    private static final int MOST_FILES = 500;

    private static final MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> V1 =
            ServerReflectionGrpc.getServerReflectionInfoMethod();

    /** Its messages are the same. */
    private static final MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> V1_ALPHA = V1.toBuilder()
            .setFullMethodName("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
            .build();

    private final Channel channel;
    private final Duration limit;
    private MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> version = V1;

    /** @param limit the longest time for an answer */
    public Reflection(Channel channel, Duration limit) {
        this.channel = channel;
        this.limit = limit;
    }

    /** The names of the services, without reflection itself; empty if the service has no reflection. */
    private List<String> serviceNames() {
        return ask(ServerReflectionRequest.newBuilder().setListServices("*").build())
                .map(ServerReflectionResponse::getListServicesResponse)
                .map(all -> all.getServiceList().stream()
                        .map(ServiceResponse::getName)
                        .filter(name -> !name.startsWith("grpc."))
                        .toList())
                .orElse(List.of());
    }

    /**
     * A service.
     *
     * @param name with or without its package
     * @throws CannotExamineException if the service does not answer, has no reflection, or nothing of that name
     */
    public ForeignService service(String name) {
        List<String> names = serviceNames();
        String fullName = names.stream()
                .filter(one -> ForeignService.isNamed(one, name))
                .findFirst()
                .orElseThrow(() -> new CannotExamineException(
                        names.isEmpty()
                                ? "the server does not describe itself (it has no server reflection): give its .proto with"
                                        + " --proto"
                                : "the server has no service %s; it has: %s"
                                        .formatted(name, String.join(", ", names))));
        return ForeignService.among(LinkedFiles.services(files(fullName).values()), fullName, "the server");
    }

    private Map<String, FileDescriptorProto> files(String symbol) {
        Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
        Queue<ServerReflectionRequest> open = new ArrayDeque<>();
        open.add(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(symbol)
                .build());
        while (!open.isEmpty() && files.size() < MOST_FILES) {
            Optional<ServerReflectionResponse> answer = ask(open.remove());
            for (ByteString bytes : answer.map(
                            some -> some.getFileDescriptorResponse().getFileDescriptorProtoList())
                    .orElse(List.of())) {
                FileDescriptorProto file = parse(bytes);
                if (files.putIfAbsent(file.getName(), file) == null) {
                    file.getDependencyList().stream()
                            .filter(name -> !files.containsKey(name))
                            .forEach(name -> open.add(ServerReflectionRequest.newBuilder()
                                    .setFileByFilename(name)
                                    .build()));
                }
            }
        }
        return files;
    }

    private static FileDescriptorProto parse(ByteString bytes) {
        try {
            return FileDescriptorProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new CannotExamineException("the server describes itself by what is no descriptor", e);
        }
    }

    /**
     * An answer; empty if the service has no reflection.
     *
     * @throws CannotExamineException if it does not answer
     */
    private Optional<ServerReflectionResponse> ask(ServerReflectionRequest request) {
        try {
            return first(request);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw new CannotExamineException(
                        "the server does not say what it offers: "
                                + e.getStatus().getCode(),
                        e);
            }
            if (version == V1_ALPHA) {
                return Optional.empty();
            }
            version = V1_ALPHA;
            return ask(request);
        }
    }

    private Optional<ServerReflectionResponse> first(ServerReflectionRequest request) {
        Iterator<ServerReflectionResponse> answers = ClientCalls.blockingServerStreamingCall(
                channel,
                version,
                CallOptions.DEFAULT.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS),
                request);
        return answers.hasNext() ? Optional.of(answers.next()) : Optional.empty();
    }
}
