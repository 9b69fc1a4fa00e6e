package io.chittychat.demo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts about the checkout. */
final class Checkout {

    private static final int GIT_SECONDS = 10;

    private final Path home;
    private final String pom;

    Checkout(Path home) {
        this.home = home;
        try {
            this.pom = Files.readString(home.resolve("pom.xml"), UTF_8);
        } catch (IOException e) {
            throw new ReportFailedException(home.toAbsolutePath() + " is not a checkout of Chitty-Chat", e);
        }
    }

    Path home() {
        return home;
    }

    /** The version of the project. */
    String version() {
        return element("version").orElse("of no version");
    }

    /** A property of the build, such as the version of a library. */
    String property(String name) {
        return element(name).orElse("unknown");
    }

    private Optional<String> element(String name) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)</").matcher(pom);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    /** The commit, with a remark if files were changed since. */
    Optional<String> commit() {
        return git("rev-parse", "HEAD")
                .map(id -> git("status", "--porcelain", "--untracked-files=no").isPresent()
                        ? id + " (with local changes)"
                        : id);
    }

    /** The address of the source, if others can reach it; without user and password. */
    Optional<String> address() {
        return git("remote", "get-url", "origin")
                .filter(url -> url.matches("(https?|ssh)://.+|[\\w.-]+@[\\w.-]+:.+"))
                .map(url -> url.replaceFirst("^(https?://)[^/@]*@", "$1"));
    }

    private Optional<String> git(String... arguments) {
        if (!Files.exists(home.resolve(".git"))) {
            return Optional.empty(); // git could answer for a checkout around this one
        }
        try {
            List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
            command.addAll(List.of(arguments));
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
            boolean ended = git.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
            return ended && git.exitValue() == 0 && !output.isEmpty() ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // git is not installed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
