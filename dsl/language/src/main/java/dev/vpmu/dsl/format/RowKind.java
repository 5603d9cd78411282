package dev.vpmu.dsl.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How rows of one kind are cut into cells, and which columns these stand in. Names of what begins a cell are those of
 * {@link Token#begins}; with a space and a word behind, only if the token is that word. Cells that begin with none of a kind's columns
 * stand in the last one, the rest.
 */
class RowKind {

    /** Columns of a kind without columns: its cells follow each other. */
    static final int FLOWING = -1;

    /** What begins a cell, its gap, and its gap where it follows another of the same beginning. */
    private record Start(String label, int column, int gap, int again) {
    }

    private final boolean aligned;
    private final Map<String, Start> starts = new HashMap<>();
    /** Beginnings that a word may follow in {@link #starts}. */
    private final Set<String> worded = new HashSet<>();
    private int columns = 1;

    RowKind(boolean aligned) {
        this.aligned = aligned;
        rest("Guarded:when").rest("Guarded:unless").rest("Sourced:assumed").rest("Sourced:from");
    }

    /** Rows in columns, of which the first, the row's beginning, is always there. */
    static RowKind table() {
        return new RowKind(true);
    }

    /** Rows whose cells follow each other. */
    static RowKind flowing() {
        return new RowKind(false);
    }

    /** Headers of bodies: guard and source follow one space behind. */
    static RowKind header() {
        RowKind kind = flowing();
        kind.starts.replaceAll((name, start) -> new Start(start.label, start.column, 1, 1));
        return kind;
    }

    /** Adds a column, and what begins its cell. */
    RowKind column(String... beginnings) {
        return put(columns++, 2, beginnings);
    }

    /** Adds a column for the value of a name, which a sign begins, one space apart. */
    RowKind value(String beginning) {
        return put(columns++, 1, beginning);
    }

    /** Adds a column for a list, the items of which, one space apart, may stand on several lines. */
    RowKind list(int gap, String... beginnings) {
        return put(columns++, gap, 1, beginnings);
    }

    /** Says that something, or a repetition of it, begins a cell of the rest. */
    final RowKind rest(String... beginnings) {
        return put(Integer.MAX_VALUE, 2, beginnings);
    }

    /** Says that the items of a list, one space apart, may stand on several lines. */
    final RowKind items(String beginning) {
        return put(Integer.MAX_VALUE, 1, beginning);
    }

    final RowKind put(int column, int gap, String... beginnings) {
        return put(column, gap, gap, beginnings);
    }

    private RowKind put(int column, int gap, int again, String... beginnings) {
        for (String beginning : beginnings) {
            starts.put(beginning, new Start(beginnings[0], column, gap, again));
            int word = beginning.indexOf(' ');
            if (word > 0) {
                worded.add(beginning.substring(0, word));
            }
        }
        return this;
    }

    /** The cells of a row's head, in the order of its tokens. */
    List<Cell> cells(Row row, String continued) {
        List<Cell> cells = new ArrayList<>();
        List<Token> tokens = row.head();
        Start open = new Start("", aligned ? 0 : FLOWING, 0, 0);
        CellText text = new CellText(continued);
        text.token(null, tokens.get(0));
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            text.comments(token);
            Start start = start(token, open).orElse(null);
            if (start == null) {
                text.token(tokens.get(i - 1), token);
            } else {
                cells.add(cell(open, text));
                open = start;
                text = new CellText(continued);
                text.token(null, token);
            }
        }
        if (row.hasBody()) {
            text.comments(row.open());
        }
        cells.add(cell(open, text));
        return cells;
    }

    private Cell cell(Start start, CellText text) {
        return new Cell(start.label, start.gap, aligned ? start.column : FLOWING, text.toString(), text.hasComment(), text.endsLine());
    }

    private Optional<Start> start(Token token, Start open) {
        for (String beginning : token.begins) {
            Start start = starts.get(beginning);
            if (worded.contains(beginning)) {
                start = starts.getOrDefault(beginning + " " + token.text, start);
            }
            // a word may come twice in what it begins, as in `exit before fault`
            boolean again = start != null && beginning.indexOf(':') >= 0 && start.label.equals(open.label);
            if (start != null && !again) {
                return Optional.of(labelled(start, token, open));
            }
        }
        return Optional.empty();
    }

    private static Start labelled(Start start, Token token, Start open) {
        if (start.label.equals(EventRows.ATTRIBUTE)) {
            return new Start(token.text, start.column, start.gap, start.again);
        }
        return start.label.equals(open.label) ? new Start(start.label, start.column, start.again, start.again) : start;
    }

    /** Gives the cells of a run their columns. Each row's list may be put in another order. */
    void arrange(List<List<Cell>> run, List<Boolean> sortable) {
        if (aligned) {
            run.forEach(RowKind::ascend);
        }
    }

    /** What follows a cell that is out of its column's order stands in the rest. */
    static void ascend(List<Cell> cells) {
        int reached = 0;
        for (Cell cell : cells) {
            cell.column = cell.column < reached ? Integer.MAX_VALUE : cell.column;
            reached = cell.column;
        }
    }
}
