package io.chittychat.tools.check;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** From everybody's log to whether the conversation was as it must be. Pure. */
public final class ConversationCheck {

    private ConversationCheck() {}

    /** One verdict per requirement, in the order of {@link Requirement}. */
    public static List<Verdict> check(List<Participation> participations) {
        Conversation conversation = new Conversation(participations);
        return Stream.<Function<Conversation, Verdict>>of(
                        LogsCheck::check,
                        MessagesCheck::check,
                        LoggedCheck::check,
                        JoinsCheck::check,
                        LeavesCheck::check,
                        OrderCheck::check,
                        ClocksCheck::check)
                .map(check -> check.apply(conversation))
                .toList();
    }
}
