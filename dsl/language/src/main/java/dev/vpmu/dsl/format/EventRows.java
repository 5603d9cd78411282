package dev.vpmu.dsl.format;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows of an event table: name, encoding, a column for each attribute that at least half of a run's rows have, then the other attributes;
 * each group in one order.
 */
final class EventRows extends RowKind {

    static final String ATTRIBUTE = "EventAttribute";
    static final String ENCODING_LABEL = "Event:=";

    /** The longest name that widens the column of names. */
    static final int LONGEST_NAME = 44;

    private static final List<String> ORDER = List.of("is", "architectural", "on", "precise", "distributed", "with", "alone", "addresses",
        "period", "speculative", "deprecated", "replaced", "errata");
    private static final int ENCODING = 1;

    EventRows() {
        super(true);
        put(ENCODING, 1, ENCODING_LABEL);
        rest(ATTRIBUTE);
    }

    @Override
    void arrange(List<List<Cell>> run, List<Boolean> sortable) {
        Map<String, Integer> rowsWith = new HashMap<>();
        run.forEach(cells -> labels(cells).forEach(label -> rowsWith.merge(label, 1, Integer::sum)));
        List<String> columns = ORDER.stream().filter(attribute -> 2 * rowsWith.getOrDefault(attribute, 0) >= run.size()).toList();
        for (int row = 0; row < run.size(); row++) {
            List<Cell> cells = run.get(row);
            cells.get(0).alone = cells.get(0).hasOneLine() && cells.get(0).width() > LONGEST_NAME;
            for (Cell cell : cells) {
                int column = columns.indexOf(cell.label);
                cell.column = column < 0 ? cell.column : ENCODING + 1 + column;
            }
            if (sortable.get(row)) {
                cells.sort(Comparator.<Cell>comparingInt(cell -> cell.column).thenComparingInt(EventRows::rank));
            }
            ascend(cells);
        }
    }

    private static Set<String> labels(List<Cell> cells) {
        return cells.stream().map(cell -> cell.label).collect(Collectors.toSet());
    }

    /** Guard and source come last, as the grammar says. */
    private static int rank(Cell cell) {
        int rank = ORDER.indexOf(cell.label);
        return rank < 0 ? ORDER.size() : rank;
    }
}
