package io.chittychat.demo.report;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import io.chittychat.v1.ChatProto;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The contract, as protoc read it: methods, messages, and their comments. */
final class Contract {

    private static final String DESCRIPTORS = "/chittychat/v1/chat.desc";

    // Field numbers of FileDescriptorProto.
    private static final int MESSAGE = FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER;
    private static final int ENUM = FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER;
    private static final int SERVICE = FileDescriptorProto.SERVICE_FIELD_NUMBER;

    private final FileDescriptorProto file;
    private final Map<List<Integer>, String> comments = new HashMap<>();

    private Contract(FileDescriptorProto file) {
        this.file = file;
        file.getSourceCodeInfo()
                .getLocationList()
                .forEach(location -> comments.put(
                        location.getPathList(),
                        location.getLeadingComments().strip().replaceAll("\\s+", " ")));
    }

    /** The contract of this build. */
    static Contract packed() {
        try (InputStream in = ChatProto.class.getResourceAsStream(DESCRIPTORS)) {
            if (in == null) {
                throw new ReportFailedException("the contract's descriptors are missing: " + DESCRIPTORS);
            }
            return new Contract(FileDescriptorSet.parseFrom(in).getFileList().stream()
                    .filter(file -> file.getName().endsWith("chat.proto"))
                    .findFirst()
                    .orElseThrow(() -> new ReportFailedException("the descriptors lack the contract")));
        } catch (IOException e) {
            throw new ReportFailedException("cannot read " + DESCRIPTORS, e);
        }
    }

    /**
     * A method.
     *
     * @param name its name
     * @param type unary, server streaming, client streaming or bidirectional
     * @param request its request message
     * @param response its response message
     * @param comment its comment in the contract
     */
    record Method(String name, String type, String request, String response, String comment) {}

    /**
     * A message, or an enumeration.
     *
     * @param name its name
     * @param comment its comment in the contract
     * @param fields its fields, or the values
     */
    record MessageType(String name, String comment, List<Field> fields) {}

    /**
     * A field.
     *
     * @param number its number on the wire
     * @param name its name
     * @param type its type; empty for a value of an enumeration
     * @param comment its comment in the contract
     */
    record Field(int number, String name, String type, String comment) {}

    /** The service's full name. */
    String service() {
        return file.getPackage() + "." + file.getService(0).getName();
    }

    List<Method> methods() {
        ServiceDescriptorProto service = file.getService(0);
        List<Method> methods = new ArrayList<>();
        for (int i = 0; i < service.getMethodCount(); i++) {
            MethodDescriptorProto method = service.getMethod(i);
            methods.add(new Method(
                    method.getName(),
                    type(method),
                    shortName(method.getInputType()),
                    shortName(method.getOutputType()),
                    comment(SERVICE, 0, ServiceDescriptorProto.METHOD_FIELD_NUMBER, i)));
        }
        return methods;
    }

    private static String type(MethodDescriptorProto method) {
        if (method.getClientStreaming()) {
            return method.getServerStreaming() ? "bidirectional streaming" : "client streaming";
        }
        return method.getServerStreaming() ? "server streaming" : "unary";
    }

    List<MessageType> messages() {
        List<MessageType> messages = new ArrayList<>();
        for (int i = 0; i < file.getMessageTypeCount(); i++) {
            DescriptorProto message = file.getMessageType(i);
            List<Field> fields = new ArrayList<>();
            for (int j = 0; j < message.getFieldCount(); j++) {
                FieldDescriptorProto field = message.getField(j);
                String comment = comment(MESSAGE, i, DescriptorProto.FIELD_FIELD_NUMBER, j);
                fields.add(new Field(field.getNumber(), field.getName(), type(field), comment));
            }
            messages.add(new MessageType(message.getName(), comment(MESSAGE, i), fields));
        }
        return messages;
    }

    List<MessageType> enumerations() {
        List<MessageType> result = new ArrayList<>();
        for (int i = 0; i < file.getEnumTypeCount(); i++) {
            EnumDescriptorProto type = file.getEnumType(i);
            result.add(new MessageType(
                    type.getName(),
                    comment(ENUM, i),
                    type.getValueList().stream()
                            .map(value -> new Field(value.getNumber(), value.getName(), "", ""))
                            .toList()));
        }
        return result;
    }

    private static String type(FieldDescriptorProto field) {
        String name = field.getTypeName().isEmpty()
                ? field.getType().name().replace("TYPE_", "").toLowerCase(Locale.ROOT)
                : shortName(field.getTypeName());
        return field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED ? "repeated " + name : name;
    }

    private static String shortName(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private String comment(Integer... path) {
        return comments.getOrDefault(List.of(path), "");
    }
}
