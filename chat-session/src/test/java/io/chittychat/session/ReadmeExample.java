package io.chittychat.session;

import io.chittychat.text.SafeText;

final class ReadmeExample {

    private ReadmeExample() {}

    static void talk(String server) {
        // begin
        try (ChatSession chat = ChatSession.connect(server)
                .onEvent(event -> System.out.println(event.getLamportTime() + " " + SafeText.of(event.getText())))
                .rejoin(true)
                .build()) {
            chat.join("robot").join();
            Published said = chat.publish("Hello from Java!").join();
            chat.receivedUpTo(said.lamportTime()).join();
            chat.leave().join();
        }
        // end
    }
}
