package dev.vpmu.dsl.format;

import java.util.ArrayList;
import java.util.List;

/** Writes the rows of a file, its comments and empty lines. */
final class Printer {

    private final StringBuilder out = new StringBuilder();
    private final List<Anchor> anchors = new ArrayList<>();

    /** An offset of the source, and where it is in the result. */
    record Anchor(int source, int result) {
    }

    static Printer print(List<Row> file, Token end) {
        NumberSpelling.apply(file);
        Printer printer = new Printer();
        printer.rows(file, 0);
        printer.gap(Gap.before(end, Gap.Place.LAST), "");
        return printer;
    }

    String text() {
        return out.toString();
    }

    List<Anchor> anchors() {
        return anchors;
    }

    private void rows(List<Row> rows, int depth) {
        List<Line> lines = rows.stream().map(row -> Line.of(row, depth)).toList();
        List<Gap> gaps = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            gaps.add(Gap.before(rows.get(i).first(), i == 0 ? Gap.Place.FIRST
                : depth == 0 && areParted(rows.get(i - 1), rows.get(i)) ? Gap.Place.BETWEEN_ELEMENTS : Gap.Place.BETWEEN));
        }
        for (int i = 0; i < rows.size();) {
            int end = i + 1;
            while (end < rows.size() && !gaps.get(end).hasBlank() && !lines.get(i).runName().isEmpty()
                && lines.get(i).runName().equals(lines.get(end).runName())) {
                end++;
            }
            List<Line> run = lines.subList(i, end);
            List<String> texts = RunLayout.lay(run);
            for (int k = 0; k < texts.size(); k++) {
                gap(gaps.get(i + k), run.get(k).indentation());
                row(run.get(k), texts.get(k), depth);
            }
            i = end;
        }
    }

    /** Banks and imports may stand together, and the package below the version of the language. */
    private static boolean areParted(Row above, Row below) {
        return !above.begins("PmuFile:language")
            && !(above.begins("Import") && below.begins("Import"))
            && !(above.begins("Bank") && below.begins("Bank"));
    }

    private void row(Line line, String text, int depth) {
        Row row = line.row;
        out.append(line.indentation());
        anchor(row.first().offset);
        out.append(text);
        if (!line.opensBody()) {
            anchor(row.hasBody() ? row.close().end() : row.headEnd());
            return;
        }
        boolean braceBelow = line.cells.get(line.cells.size() - 1).endsLine;
        out.append(braceBelow ? "\n" + line.continuation() : " ").append('{');
        anchor(row.headEnd());
        rows(row.body(), depth + 1);
        Gap last = Gap.before(row.close(), row.body().isEmpty() ? Gap.Place.ONLY : Gap.Place.LAST);
        if (!row.body().isEmpty() || !last.isEmpty()) {
            gap(last, line.indentation() + "    ");
            out.append(line.indentation());
        }
        anchor(row.close().offset);
        out.append('}');
        anchor(row.close().end());
    }

    /** Ends the line before, and writes what stands on lines of its own. */
    private void gap(Gap gap, String indentation) {
        String space = "  ";
        for (Comment comment : gap.behind()) {
            out.append(space).append(comment.text());
            space = " ";
        }
        endLine();
        for (int i = 0; i < gap.own().size(); i++) {
            Comment comment = gap.own().get(i);
            if (i > 0 && !comment.startsLine()) {
                out.append(' ').append(comment.text());
            } else {
                if (i > 0) {
                    endLine();
                }
                blank(gap.blanks()[i]);
                out.append(indentation).append(comment.at(indentation));
            }
        }
        if (!gap.own().isEmpty()) {
            endLine();
        }
        blank(gap.blanks()[gap.own().size()]);
    }

    private void endLine() {
        if (out.length() > 0) {
            out.append('\n');
        }
    }

    private void blank(boolean wanted) {
        if (wanted) {
            out.append('\n');
        }
    }

    private void anchor(int source) {
        anchors.add(new Anchor(source, out.length()));
    }
}
