package io.chittychat.demo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A method in the checkout.
 *
 * @param file the file, relative to the checkout
 * @param first the number of its first line, from 1
 * @param lines the lines, without their common indentation
 */
record SourceExcerpt(Path file, int first, List<String> lines) {

    /**
     * Takes a method out of a source file.
     *
     * @throws ReportFailedException if there is none of that name
     */
    static SourceExcerpt method(Path home, Path file, String name) {
        List<String> source = read(home.resolve(file));
        Pattern head = Pattern.compile("( +)[A-Za-z].*\\b" + Pattern.quote(name) + "\\(.*\\{");
        for (int first = 0; first < source.size(); first++) {
            var matcher = head.matcher(source.get(first));
            if (matcher.matches() && !source.get(first).contains("=")) {
                String indent = matcher.group(1);
                List<String> rest = source.subList(first, source.size());
                int length = rest.indexOf(indent + "}") + 1;
                return new SourceExcerpt(
                        file,
                        first + 1,
                        rest.subList(0, length).stream()
                                .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line)
                                .toList());
            }
        }
        throw new ReportFailedException("there is no method " + name + " in " + file);
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file, UTF_8);
        } catch (IOException e) {
            throw new ReportFailedException("cannot read the source " + file, e);
        }
    }

    /** The place of its first line. */
    String place() {
        return file + ":" + first;
    }
}
