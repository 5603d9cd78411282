package dev.vpmu.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The examples of the language's guide. Comments that a rendered page does not show say how the {@code ```pmu} blocks are to be read:
 *
 * <pre>
 *     (nothing)                 the block is a file, example.pmu
 *     &lt;!-- file: NAME --&gt;       the block is a part of NAME.pmu, which consists of all blocks with this comment in their order;
 *                               every other example can refer to it
 *     &lt;!-- prelude: NAME        anywhere: text, with … alone on a line, that completes blocks; ends with --&gt;
 *     &lt;!-- inside: NAME --&gt;     the block stands in the place of that line
 *     &lt;!-- values --&gt;           the ```text block that follows shows values of the model of the example before
 * </pre>
 *
 * Every other {@code ```text} block shows all messages of the example before it, as the tool prints them.
 */
final class Guide {

    private static final String FENCE = "```";
    private static final String HOLE = "…";

    /**
     * A file of the guide.
     *
     * @param line where in the guide it begins
     * @param file its name
     * @param text what it says, completed
     * @param messages what the guide shows of the checker's messages, in their order
     * @param values what the guide shows of its model
     */
    record Example(int line, String file, String text, List<String> messages, List<String> values) {

        boolean isShared() {
            return !file.equals(ALONE);
        }

        @Override
        public String toString() {
            return "line " + line + ", " + file;
        }
    }

    private static final String ALONE = "example.pmu";

    private final List<String> lines;
    private final Map<String, String> preludes = new LinkedHashMap<>();
    private final Map<String, Draft> files = new LinkedHashMap<>();
    private final List<Draft> drafts = new ArrayList<>();

    private static final class Draft {
        private final int line;
        private final String file;
        private final StringBuilder text = new StringBuilder();
        private final List<String> messages = new ArrayList<>();
        private final List<String> values = new ArrayList<>();

        Draft(int line, String file) {
            this.line = line;
            this.file = file;
        }
    }

    private Guide(List<String> lines) {
        this.lines = lines;
    }

    /** Every example of a page in its order. */
    static List<Example> examples(Path page) throws IOException {
        Guide guide = new Guide(Files.readAllLines(page));
        guide.readPreludes();
        guide.read();
        return guide.drafts.stream().map(draft -> new Example(draft.line, draft.file, draft.text.toString(), draft.messages, draft.values)).toList();
    }

    private void readPreludes() {
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).startsWith("<!-- prelude: ")) {
                int end = end(at, "-->");
                preludes.put(comment(at, end)[1], String.join("\n", lines.subList(at + 1, end)) + "\n");
            }
        }
    }

    private void read() {
        String[] comment = null;
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.startsWith("<!--")) {
                check(comment == null, at, "two comments before one block");
                int end = end(at, "-->");
                comment = comment(at, end);
                comment = comment[0].equals("prelude") ? null : comment;
                at = end;
            } else if (line.startsWith(FENCE)) {
                int end = end(at + 1, FENCE);
                block(at, line.substring(FENCE.length()), lines.subList(at + 1, end), comment);
                comment = null;
                at = end;
            } else {
                check(comment == null || line.isBlank(), at, "a comment without a block behind it");
                check(!line.strip().startsWith(FENCE), at, "an indented block");
            }
        }
        check(comment == null, lines.size() - 1, "a comment without a block behind it");
    }

    private int end(int from, String mark) {
        for (int at = from; at < lines.size(); at++) {
            if (mark.equals(FENCE) ? lines.get(at).equals(FENCE) : lines.get(at).endsWith(mark)) {
                return at;
            }
        }
        throw new AssertionError("line " + from + ": " + mark + " is missing");
    }

    private String[] comment(int at, int end) {
        String head = lines.get(at).substring("<!--".length()).replace("-->", "").strip();
        String[] parts = head.split(": ", 2);
        check(List.of("file", "prelude", "inside", "values").contains(parts[0]) && parts.length == (parts[0].equals("values") ? 1 : 2)
                && parts[0].equals("prelude") == (end > at), at, "no comment of the guide: " + head);
        return parts;
    }

    private void block(int at, String language, List<String> content, String[] comment) {
        switch (language) {
            case "pmu" -> example(at, String.join("\n", content) + "\n", comment);
            case "text" -> shown(at, content, comment);
            default -> check(comment == null, at, "a comment before a block of '" + language + "'");
        }
    }

    private void example(int at, String text, String[] comment) {
        if (comment != null && comment[0].equals("file")) {
            Draft draft = files.get(comment[1]);
            if (draft == null) {
                draft = new Draft(at + 1, comment[1] + ".pmu");
                files.put(comment[1], draft);
                drafts.add(draft);
            } else {
                draft.text.append('\n');
            }
            draft.text.append(text);
            return;
        }
        Draft draft = new Draft(at + 1, ALONE);
        drafts.add(draft);
        if (comment == null) {
            draft.text.append(text);
            return;
        }
        check(comment[0].equals("inside") && preludes.containsKey(comment[1]), at, "no prelude " + comment[1]);
        String prelude = preludes.get(comment[1]);
        int hole = prelude.indexOf(HOLE + "\n");
        check(hole >= 0, at, "prelude " + comment[1] + " has no line " + HOLE);
        int start = prelude.lastIndexOf('\n', hole) + 1;
        draft.text.append(prelude, 0, start).append(text).append(prelude.substring(hole + HOLE.length() + 1));
    }

    private void shown(int at, List<String> content, String[] comment) {
        if (comment != null) {
            check(comment[0].equals("values") && !drafts.isEmpty(), at, "a comment that belongs before ```pmu");
            drafts.get(drafts.size() - 1).values.addAll(content);
        } else {
            check(!drafts.isEmpty() && !content.isEmpty() && content.get(0).matches("\\S+\\.pmu:\\d+:\\d+: .*"), at, "neither messages nor values");
            Draft draft = drafts.get(drafts.size() - 1);
            check(draft.messages.isEmpty(), at, "second messages of one example");
            draft.messages.addAll(content);
        }
    }

    private static void check(boolean holds, int line, String message) {
        if (!holds) {
            throw new AssertionError("line " + (line + 1) + ": " + message);
        }
    }
}
