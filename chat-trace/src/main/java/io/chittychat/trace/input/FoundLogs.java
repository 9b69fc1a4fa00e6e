package io.chittychat.trace.input;

import io.chittychat.trace.check.LogSet;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.log.LineFormat;
import io.chittychat.trace.log.LogOwners;
import io.chittychat.trace.log.RotatedLog;
import io.chittychat.trace.spacetime.Incident;
import io.chittychat.trace.spacetime.Parts;
import io.chittychat.trace.spacetime.Selection;
import io.chittychat.trace.spacetime.SpaceTimeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The logs in files and directories, each with its owner. Not safe for use by several threads. */
public final class FoundLogs {

    private static final Pattern PART = Pattern.compile("(.+)\\.[0-9]+");
    private static final Pattern LIKE_A_LOG =
            Pattern.compile(".+\\.(log|out|txt)(\\.[0-9]+)?(\\.(gz|bz2|xz|zst|zip))?");
    private static final Pattern PACKED = Pattern.compile(".+\\.(gz|bz2|xz|zst|zip)");
    private static final int MOST_NAMED = 10;
    /** The log of the client's libraries, beside its participant's; usually empty. */
    private static final String CLIENTS_OWN = "chat-client.log";

    private static final int DEPTH = 3;

    /** The files and directories below a directory that are looked at. */
    private static final int MOST_FILES = 10_000;

    private final Map<String, RotatedLog> participants = new TreeMap<>();
    private final List<RotatedLog> services = new ArrayList<>();
    private final List<Path> processes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, List<String>> skipped = new LinkedHashMap<>(); // file names, by the reason

    private final LineFormat format;

    private FoundLogs(LineFormat format) {
        this.format = format;
    }

    /** The same logs, limited to some lines. */
    FoundLogs only(Map<String, RotatedLog> someParticipants, List<RotatedLog> someServices, List<String> moreNotes) {
        FoundLogs some = new FoundLogs(format);
        some.participants.putAll(someParticipants);
        some.services.addAll(someServices);
        some.processes.addAll(processes);
        some.notes.addAll(moreNotes);
        some.skipped.putAll(skipped);
        return some;
    }

    /**
     * Finds logs.
     *
     * @throws TraceException if a given file is no log, or two logs cannot be read together
     */
    public static FoundLogs of(List<Path> arguments) {
        return of(arguments, LineFormat.NONE);
    }

    /**
     * Finds logs whose lines have a format.
     *
     * @throws TraceException if a given file is no log, or two logs cannot be read together
     */
    public static FoundLogs of(List<Path> arguments, LineFormat format) {
        FoundLogs found = new FoundLogs(format);
        Set<Path> seen = new LinkedHashSet<>();
        try {
            for (Path argument : arguments) {
                found.take(argument, seen);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        if (found.participants.isEmpty() && found.services.isEmpty()) {
            throw new TraceException(found.nothing(arguments.get(0)));
        }
        return found;
    }

    /** Says that there is no log, and what there is instead. */
    private String nothing(Path argument) {
        List<String> others = notes();
        return others.isEmpty()
                ? "there is no log in " + argument
                : "there is no log in %s (%s); docs/foreign-logs.md says what a log must have"
                        .formatted(argument, String.join("; ", others));
    }

    private void take(Path argument, Set<Path> seen) throws IOException {
        if (Files.isDirectory(argument)) {
            for (Path file : logsIn(argument)) {
                takeFile(file, false, seen);
            }
        } else if (Files.exists(argument) && !Files.isRegularFile(argument)) {
            throw new TraceException(argument + " is not a regular file; logs are read more than once");
        } else if (Files.exists(argument)) {
            takeFile(argument, true, seen);
        } else {
            throw new TraceException("there is no " + argument);
        }
    }

    private static List<Path> logsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory, DEPTH)) {
            return files.limit(MOST_FILES)
                    .filter(Files::isRegularFile)
                    .filter(file -> isProcesses(file)
                            || LIKE_A_LOG.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static boolean isProcesses(Path file) {
        return String.valueOf(file.getFileName()).equals(ProcessIncidents.FILE);
    }

    /** @param named whether the file itself was given, so that it must be a log */
    private void takeFile(Path file, boolean named, Set<Path> seen) throws IOException {
        if (isProcesses(file)) {
            processes.add(file);
            return;
        }
        RotatedLog log = RotatedLog.of(whole(file)).in(format);
        if (!log.parts().contains(file)) {
            skipped.computeIfAbsent("belongs to a log of which an earlier part is missing", same -> new ArrayList<>())
                    .add(String.valueOf(file.getFileName()));
        }
        if (!seen.add(log.file().toRealPath())) {
            return; // a rotated file of a known log, or a file that was given twice
        }
        if (PACKED.matcher(file.getFileName().toString()).matches()) {
            refuse(named, file, "is compressed: unpack it first");
            return;
        }
        switch (log.content(Files::newInputStream)) {
            case PARTICIPANT, SERVICE -> takeRecords(log); // several of the service are those of nodes
            case JSON -> refuse(named, file, "is a log in JSON; the trace needs lines of key=value");
            case EMPTY -> {
                if (named || !String.valueOf(file.getFileName()).equals(CLIENTS_OWN)) {
                    refuse(named, file, "is empty");
                }
            }
            case WIDE -> refuse(named, file, "is in UTF-16: save it as UTF-8");
            case OTHER -> refuse(named, file, "is no log of a participant or of the service");
        }
    }

    /** The log that a rotated file belongs to. */
    private static Path whole(Path file) {
        Matcher part = PART.matcher(file.getFileName().toString());
        if (!part.matches()) {
            return file;
        }
        Path whole = file.resolveSibling(part.group(1));
        return Files.isRegularFile(whole) ? whole : file;
    }

    /** Takes a log with records of one participant, or of several and perhaps of the service. */
    private void takeRecords(RotatedLog log) {
        LogOwners owners = LogOwners.of(log, Files::newInputStream);
        if (owners.names().isEmpty() && !owners.hasService()) {
            throw new TraceException(log.file() + " has no complete record");
        }
        owners.names().forEach(name -> {
            RotatedLog other = participants.putIfAbsent(name, owners.logOf(name));
            if (other != null) {
                throw new TraceException(
                        "%s and %s are both logs of %s: give one of them".formatted(other.file(), log.file(), name));
            }
        });
        if (owners.hasService()) {
            services.add(owners.logOfService());
        }
    }

    private void refuse(boolean named, Path file, String why) {
        if (named) {
            throw new TraceException(file + " " + why);
        }
        skipped.computeIfAbsent(why, same -> new ArrayList<>()).add(String.valueOf(file.getFileName()));
    }

    /** The logs. */
    public LogSet logs() {
        return LogSet.of(participants, services);
    }

    /** The participants whose logs were found. */
    public Set<String> names() {
        return participants.keySet();
    }

    /** Collects what is to be drawn of these logs. */
    public SpaceTimeBuilder builder(Selection selection) {
        return new SpaceTimeBuilder(selection, services.size() > 1, incidents());
    }

    /** Collects parts of the conversation for several drawings. */
    public Parts parts(Selection selection) {
        return new Parts(selection, services.size() > 1, incidents());
    }

    private List<Incident> incidents() {
        return processes.stream()
                .distinct()
                .flatMap(file -> ProcessIncidents.in(file, names()).stream())
                .toList();
    }

    /** Notes for the user: the files of directories that were not read, and why. */
    public List<String> notes() {
        List<String> told = new ArrayList<>(notes);
        skipped.forEach((why, files) -> told.add("not read, because each %s: %s".formatted(why, named(files))));
        return told;
    }

    private static String named(List<String> files) {
        String names = files.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return files.size() > MOST_NAMED ? "%s and %d more".formatted(names, files.size() - MOST_NAMED) : names;
    }
}
