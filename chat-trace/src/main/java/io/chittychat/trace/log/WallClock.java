package io.chittychat.trace.log;

import io.chittychat.text.LogFormatException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Reads the times of records: quickly in the form that Chitty-Chat writes, otherwise any time in ISO 8601. */
final class WallClock {

    private static final String OURS = "0000-00-00T00:00:00.000Z";
    private static final int SECONDS_A_DAY = 86_400;
    private static final int NANOS_A_MILLI = 1_000_000;

    private WallClock() {}

    static Instant parse(String text) throws LogFormatException {
        try {
            return isOurs(text) ? ours(text) : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new LogFormatException("'time' is no instant: " + text);
        }
    }

    private static boolean isOurs(String text) {
        if (text.length() != OURS.length()) {
            return false;
        }
        for (int i = 0; i < OURS.length(); i++) {
            char c = text.charAt(i);
            char form = OURS.charAt(i);
            if (form == '0' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        return number(text, 11, 2) < 24 && number(text, 14, 2) < 60 && number(text, 17, 2) < 60;
    }

    private static Instant ours(String text) {
        long day;
        try {
            day = LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
                    .toEpochDay();
        } catch (DateTimeException e) {
            throw new DateTimeParseException("no such day", text, 0, e);
        }
        int seconds = number(text, 11, 2) * 3600 + number(text, 14, 2) * 60 + number(text, 17, 2);
        return Instant.ofEpochSecond(day * SECONDS_A_DAY + seconds, (long) number(text, 20, 3) * NANOS_A_MILLI);
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
