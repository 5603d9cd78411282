package dev.vpmu.dsl.format;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Aligns the cells of a run: rows of one kind without an empty line among them. */
final class RunLayout {

    /** The longest line, in characters. */
    static final int LONGEST_LINE = 120;

    private final List<Line> run;
    /** Column to the position where its cells begin. */
    private final Map<Integer, Integer> positions = new TreeMap<>();

    private RunLayout(List<Line> run) {
        this.run = run;
        run.forEach(line -> line.cells.forEach(cell -> positions.put(cell.column, 0)));
        int position = run.get(0).indent;
        int previous = RowKind.FLOWING;
        for (Map.Entry<Integer, Integer> column : positions.entrySet()) {
            if (previous != RowKind.FLOWING) {
                int width = width(previous, position);
                boolean onlyAlone = run.stream().allMatch(line -> line.cells.get(0).alone) && previous == 0;
                position = onlyAlone ? run.get(0).continuation().length() : width == 0 ? position : position + width + gap(column.getKey());
            }
            column.setValue(position);
            previous = column.getKey();
        }
    }

    /** The rows' texts, each without the indentation of its first line. */
    static List<String> lay(List<Line> run) {
        Line.arrange(run);
        RunLayout layout = new RunLayout(run);
        return run.stream().map(layout::text).toList();
    }

    private int gap(int column) {
        return run.stream().flatMap(line -> line.cells.stream()).filter(cell -> cell.column == column).findFirst().orElseThrow().gap;
    }

    /** The widest cell that something follows on its line; if nothing follows any of them, the widest of all. */
    private int width(int column, int position) {
        int followed = run.stream().mapToInt(line -> width(line.cells, column, position, true)).max().orElse(0);
        return followed > 0 ? followed : run.stream().mapToInt(line -> width(line.cells, column, position, false)).max().orElse(0);
    }

    /** The width that a row asks for, or 0: comments, and cells that fill their line, widen no column. */
    private static int width(List<Cell> cells, int column, int position, boolean followed) {
        int width = 0;
        int i = 0;
        for (; i < cells.size() && cells.get(i).column <= column; i++) {
            Cell cell = cells.get(i);
            if (!cell.hasOneLine() || cell.endsLine) {
                return 0;
            }
            if (cell.column == column && !cell.alone) {
                width = cell.hasComment ? 0 : width + (width == 0 ? 0 : cell.gap) + cell.width();
            }
        }
        if (i == cells.size()) {
            return followed ? 0 : width;
        }
        Cell next = cells.get(i);
        return position + width + next.gap + next.firstWidth() > LONGEST_LINE ? 0 : width;
    }

    private String text(Line line) {
        StringBuilder text = new StringBuilder();
        int limit = line.opensBody() ? LONGEST_LINE - " {".length() : line.inner == null ? LONGEST_LINE : Integer.MAX_VALUE;
        int position = line.indent;
        boolean flowing = false;
        Cell previous = null;
        for (Cell cell : line.cells) {
            if (previous != null) {
                int target = flowing || previous.column == cell.column ? position + cell.gap
                    : Math.max(position + cell.gap, positions.get(cell.column));
                if (previous.alone && !previous.endsLine) {
                    target = positions.get(cell.column);
                    text.append('\n').append(" ".repeat(target));
                } else if (previous.endsLine || target + cell.firstWidth() > limit && cell.mayBreakBefore()) {
                    target = line.continuation().length();
                    text.append('\n').append(line.continuation());
                    flowing = true;
                } else {
                    text.append(" ".repeat(target - position));
                }
                position = target;
            }
            text.append(cell.text);
            flowing |= !cell.hasOneLine();
            position = cell.hasOneLine() ? position + cell.width() : cell.width();
            previous = cell;
        }
        return text.toString();
    }
}
