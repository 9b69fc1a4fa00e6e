package io.chittychat.server;

import java.util.List;

/** Which store arguments mean, when no service is started that would bind its settings. */
final class StoreFile {

    private static final String SETTING = "--chitty.store.file=";
    private static final String DEFAULT = "data/chitty.db";

    private StoreFile() {}

    static String configured(List<String> arguments) {
        return arguments.stream()
                .filter(word -> word.startsWith(SETTING))
                .map(word -> word.substring(SETTING.length()))
                .findFirst()
                .orElse(DEFAULT);
    }
}
