package io.chittychat.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContractTest {

    private final Contract contract = Contract.packed();

    @Test
    void methodsHaveTheirTypesAndComments() {
        assertThat(contract.methods())
                .filteredOn(method -> method.name().equals("Publish"))
                .singleElement()
                .satisfies(method -> {
                    assertThat(method.type()).isEqualTo("unary");
                    assertThat(method.request()).isEqualTo("PublishRequest");
                    assertThat(method.comment()).startsWith("Publishes a message to all participants.");
                });
        assertThat(contract.methods())
                .extracting(Contract.Method::name, Contract.Method::type)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("Broadcast", "server streaming"),
                        org.assertj.core.groups.Tuple.tuple("PublishStream", "bidirectional streaming"));
    }

    @Test
    void fieldsHaveTheirNumbersTypesAndComments() {
        assertThat(contract.messages())
                .filteredOn(message -> message.name().equals("BroadcastResponse"))
                .singleElement()
                .satisfies(message -> assertThat(message.fields())
                        .containsExactly(
                                new Contract.Field(1, "events", "repeated Event", ""),
                                new Contract.Field(
                                        2,
                                        "caught_up",
                                        "CaughtUp",
                                        "Sent once in a stream, when it first reaches the end of the log.")));
    }

    @Test
    void tablesNameEveryMethodAndField() {
        ContractTables tables = new ContractTables(contract, new Adoc(SampleRun.fonts()));

        assertThat(contract.methods())
                .allSatisfy(method -> assertThat(tables.methods()).contains(method.name()));
        assertThat(tables.messages()).contains("``3`` ``uint64`` ``lamport&#95;time``");
        assertThat(tables.comments()).contains("The cursor&#58; only events after this time are sent&#46;");
    }
}
