package io.chittychat.demo.scenario;

/** Reads the steps of nodes and brokers; the first word of the line has been read. */
final class NodeWords {

    private static final String EXPECTED =
            "expected node N is killed, node N starts, node N is cut off or node N is back";

    private final ScenarioState state;

    NodeWords(ScenarioState state) {
        this.state = state;
    }

    ScenarioStep node(TokenReader tokens) {
        int node = number(tokens);
        return switch (tokens.word(EXPECTED)) {
            case "starts" -> new ScenarioStep.StartNode(state.cluster().start(node));
            case "is" -> isWhat(node, tokens);
            default -> throw tokens.unexpected(EXPECTED);
        };
    }

    private static int number(TokenReader tokens) {
        String expected = "expected a node, 1 to " + ClusterState.NODES;
        String number = tokens.word(expected);
        if (!number.matches("[0-9]") || Integer.parseInt(number) < 1 || Integer.parseInt(number) > ClusterState.NODES) {
            throw tokens.unexpected(expected);
        }
        return Integer.parseInt(number);
    }

    private ScenarioStep isWhat(int node, TokenReader tokens) {
        return switch (tokens.word(EXPECTED)) {
            case "killed" -> new ScenarioStep.KillNode(state.cluster().kill(node));
            case "back" -> new ScenarioStep.BringBack(state.cluster().bringBack(node));
            case "cut" -> {
                tokens.require("off");
                yield new ScenarioStep.CutOff(state.cluster().cutOff(node));
            }
            default -> throw tokens.unexpected(EXPECTED);
        };
    }

    ScenarioStep leadingBroker(TokenReader tokens) {
        for (String word : new String[] {"leading", "broker", "is", "killed"}) {
            tokens.require(word);
        }
        state.cluster().killLeader();
        return new ScenarioStep.KillLeader();
    }
}
