package io.chittychat.demo.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contract as tables. */
final class ContractTables {

    private final Contract contract;
    private final Adoc adoc;

    ContractTables(Contract contract, Adoc adoc) {
        this.contract = contract;
        this.adoc = adoc;
    }

    /** One row for each method: its name, its type, its messages and the first sentence of its comment. */
    String methods() {
        return contract.methods().stream()
                .map(method -> "|%s +\n_%s_\n|%s +\n%s\n|%s%n"
                        .formatted(
                                adoc.code(method.name()),
                                method.type(),
                                adoc.code(method.request()),
                                adoc.code(method.response()),
                                adoc.comment(firstSentence(method.comment()))))
                .collect(Collectors.joining(
                        "\n",
                        "[cols=\"10,12,22\",options=header]\n|===\n|Method and type |Request, response |What it does\n\n",
                        "|===\n"));
    }

    /** One row for each message, with its fields in the order of the wire. */
    String messages() {
        return all().map(message -> "|%s%n|%s%n"
                        .formatted(
                                adoc.code(message.name()),
                                message.fields().stream().map(this::field).collect(Collectors.joining(", "))))
                .collect(Collectors.joining(
                        "\n",
                        "[cols=\"11,33\",options=header]\n|===\n|Message |Fields: number, type, name\n\n",
                        "|===\n"));
    }

    private String field(Contract.Field field) {
        return Stream.of(String.valueOf(field.number()), field.type(), field.name())
                .filter(part -> !part.isEmpty())
                .map(adoc::code)
                .collect(Collectors.joining(" "));
    }

    /** One table for each message, with all comments. */
    String comments() {
        return all().map(this::commented).collect(Collectors.joining("\n"));
    }

    private String commented(Contract.MessageType message) {
        String head = "[%%unbreakable,cols=\">2,13,10,30\"]%n|===%n4+<h|%s %s%n"
                .formatted(adoc.code(message.name()), adoc.comment(message.comment()));
        return message.fields().stream()
                .map(field -> "|%d |%s |%s%n|%s%n"
                        .formatted(
                                field.number(),
                                adoc.code(field.name()),
                                adoc.code(field.type()),
                                adoc.comment(field.comment())))
                .collect(Collectors.joining("", head, "|===\n"));
    }

    private Stream<Contract.MessageType> all() {
        return Stream.of(contract.messages(), contract.enumerations()).flatMap(List::stream);
    }

    private static String firstSentence(String comment) {
        int end = comment.indexOf(". ");
        return end < 0 ? comment : comment.substring(0, end + 1);
    }
}
