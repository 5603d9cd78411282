package dev.vpmu.testing;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.rules.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AssertionFailureBuilder;

/**
 * Expects findings where a text says them: at the end of a line,
 *
 * <pre>
 *     b [3:2]    //! PMU0101 "[3:2]" field 'b' overlaps 'a'
 * </pre>
 *
 * means that rule PMU0101 reports something that begins in this line, whose text is {@code [3:2]}, with a message that begins
 * as said. Several marks of one line follow one another. A mark may stand alone on its line; then it is about the line before.
 */
public final class ExpectedFindings {

    private static final Pattern MARK = Pattern.compile("//! *(\\w+) +\"((?:[^\"\\\\]|\\\\.)*)\" *(.*?)(?= *//! |$)");

    private ExpectedFindings() {
    }

    /** Checks the texts together and compares what is found with their marks; fails with both lists when they differ. */
    public static CheckResult check(Source... sources) {
        return check(Set.of(), sources);
    }

    /** As {@link #check(Source...)}, but what some rules find is left aside. */
    public static CheckResult check(Set<String> aside, Source... sources) {
        CheckResult result = PmuChecker.standalone().check(List.of(sources));
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        List<Finding> left = new ArrayList<>(result.findings().stream().filter(finding -> !aside.contains(finding.id())).toList());
        for (Source source : sources) {
            for (Expected mark : marks(source)) {
                Finding found = left.stream().filter(finding -> mark.matches(finding, source)).findFirst().orElse(null);
                expected.add(mark.toString());
                actual.add(found == null ? "nothing" : mark.toString());
                left.remove(found);
            }
        }
        left.forEach(finding -> actual.add(finding.toString()));
        if (!expected.equals(actual)) {
            AssertionFailureBuilder.assertionFailure().message("findings differ from the marks")
                    .expected(String.join("\n", expected)).actual(String.join("\n", actual)).buildAndThrow();
        }
        return result;
    }

    private record Expected(String id, int line, String text, String message) {

        boolean matches(Finding finding, Source source) {
            int from = finding.place().offset();
            return finding.id().equals(id) && finding.place().line() == line
                    && source.text().substring(from, from + finding.place().length()).equals(text) && finding.message().startsWith(message);
        }

        @Override
        public String toString() {
            return "line " + line + ": " + id + " \"" + text + "\" " + message;
        }
    }

    private static List<Expected> marks(Source source) {
        List<Expected> marks = new ArrayList<>();
        List<String> lines = source.text().lines().toList();
        int subject = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).strip().startsWith("//!")) {
                subject = i + 1;
            }
            Matcher mark = MARK.matcher(lines.get(i));
            while (mark.find()) {
                marks.add(new Expected(mark.group(1), subject, mark.group(2).replaceAll("\\\\(.)", "$1"), mark.group(3).strip()));
            }
        }
        return marks;
    }
}
