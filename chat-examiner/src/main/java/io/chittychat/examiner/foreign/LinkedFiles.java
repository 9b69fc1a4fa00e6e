package io.chittychat.examiner.foreign;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes descriptors of files that import each other. An import that is missing leaves only its own types unknown. */
final class LinkedFiles {

    private final Map<String, FileDescriptorProto> sources = new HashMap<>();
    private final Map<String, FileDescriptor> linked = new LinkedHashMap<>();
    private final Set<String> open = new HashSet<>();

    private LinkedFiles(Collection<FileDescriptorProto> files) {
        files.forEach(file -> sources.put(file.getName(), file));
    }

    /**
     * All services in the files.
     *
     * @throws CannotExamineException if the files contradict themselves
     */
    static List<ServiceDescriptor> services(Collection<FileDescriptorProto> files) {
        LinkedFiles all = new LinkedFiles(files);
        files.forEach(file -> all.link(file.getName()));
        return all.linked.values().stream()
                .flatMap(file -> file.getServices().stream())
                .toList();
    }

    private void link(String name) {
        FileDescriptorProto source = sources.get(name);
        if (source == null || linked.containsKey(name)) {
            return;
        }
        if (!open.add(name)) {
            throw new CannotExamineException("the .proto file " + name + " imports itself");
        }
        List<FileDescriptor> imports = new ArrayList<>();
        for (String imported : source.getDependencyList()) {
            link(imported);
            FileDescriptor file = linked.get(imported);
            if (file != null) {
                imports.add(file);
            }
        }
        try {
            linked.put(name, FileDescriptor.buildFrom(source, imports.toArray(FileDescriptor[]::new), true));
        } catch (DescriptorValidationException e) {
            throw new CannotExamineException("the .proto file " + name + " is not valid: " + e.getMessage(), e);
        }
    }
}
