package io.chittychat.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a store. */
final class StoreFiles {

    private StoreFiles() {}

    static void makeDirectory(Path file) {
        Path directory = file.getParent();
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new StoreException("cannot make the directory " + directory + " for the store: " + e, e);
        }
    }
}
