package dev.vpmu.dsl.format;

import java.util.ArrayList;
import java.util.List;

/** A row cut into cells, before these have their columns. A row that stays on one line with its body has the cells of both. */
final class Line {

    /** The longest row, with its indentation and without padding, that keeps a body on its line. */
    private static final int SHORT = 100;
    private static final int INDENT = 4;
    /** Indentation of what continues a row, at least: it stands deeper than the row, and than a body below the row. */
    private static final int CONTINUED = 8;

    final Row row;
    final int indent;
    final List<Cell> cells;
    /** The row in the braces on the same line, or null. */
    final Line inner;

    private Line(Row row, int indent, List<Cell> cells, Line inner) {
        this.row = row;
        this.indent = indent;
        this.cells = cells;
        this.inner = inner;
    }

    static Line of(Row row, int depth) {
        List<Cell> cells = RowKinds.of(row).cells(row, continuation(depth * INDENT));
        Line inner = staysOnOneLine(row) ? Line.of(row.body().get(0), 0) : null;
        if (inner != null && (depth * INDENT + flow(cells).length() + inner.oneLineWidth() > SHORT || inner.row.hasBody() && inner.inner == null)) {
            inner = null;
        }
        return new Line(row, depth * INDENT, cells, inner);
    }

    String indentation() {
        return " ".repeat(indent);
    }

    /** Where the second and further lines of a row begin. */
    String continuation() {
        return continuation(indent);
    }

    private static String continuation(int indent) {
        return " ".repeat(Math.max(CONTINUED, indent + INDENT));
    }

    boolean opensBody() {
        return row.hasBody() && inner == null;
    }

    /** Neighbours of the same name make a run; a row without a name is none. */
    String runName() {
        if (inner != null) {
            return inner.runName().isEmpty() ? "" : "{" + inner.runName();
        }
        return row.hasBody() ? "" : RowKinds.nameOf(row);
    }

    /** Arranges the lines of a run: all cells get their columns. */
    static void arrange(List<Line> run) {
        Line first = run.get(0);
        if (first.inner == null) {
            RowKinds.of(first.row).arrange(run.stream().map(line -> line.cells).toList(),
                run.stream().map(line -> !line.row.hasCommentInside()).toList());
            return;
        }
        arrange(run.stream().map(line -> line.inner).toList());
        for (Line line : run) {
            line.join(run.size() > 1 ? 2 : 1);
        }
    }

    /** Puts the cells of the body behind the header, which becomes one cell. */
    private void join(int gapBeforeBody) {
        List<Cell> body = new ArrayList<>(inner.cells);
        Cell opening = body.get(0);
        boolean flowing = opening.column == RowKind.FLOWING;
        body.set(0, new Cell("{", gapBeforeBody, opening.column, "{ " + opening.text, false, false));
        for (Cell cell : body) {
            cell.column += cell.column == RowKind.FLOWING || cell.column == Integer.MAX_VALUE ? 0 : 1;
        }
        body.get(body.size() - 1).text += " }";
        Cell header = new Cell("", 0, flowing ? RowKind.FLOWING : 0, flow(cells), false, false);
        cells.clear();
        cells.add(header);
        cells.addAll(body);
    }

    /** A body of one row may stand on the line of its header; whoever wrote it there wants it there. */
    private static boolean staysOnOneLine(Row row) {
        if (row.body().size() != 1 || row.furtherTokens().anyMatch(token -> !token.before.isEmpty())) {
            return false;
        }
        Row only = row.body().get(0);
        return !only.first().startsLine && only.furtherTokens().noneMatch(token -> token.startsLine) && !row.close().startsLine
            && only.first().spelling.length() <= EventRows.LONGEST_NAME;
    }

    private int oneLineWidth() {
        return " { ".length() + flow(cells).length() + " }".length() + (inner == null ? 0 : inner.oneLineWidth());
    }

    private static String flow(List<Cell> cells) {
        StringBuilder text = new StringBuilder();
        for (Cell cell : cells) {
            text.append(" ".repeat(cell.gap)).append(cell.text);
        }
        return text.toString();
    }
}
