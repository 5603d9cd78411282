package dev.vpmu.dsl.format;

/** Tokens that stand together in a row, with the comments between and behind them: a name, a bit range, an attribute. */
final class Cell {

    /** What begins it, as {@link RowKind} names it; for an attribute of an event, its first word. */
    final String label;
    /** Spaces that part it from what stands before it. */
    final int gap;
    /** The column that it stands in; cells of one row stand in ascending columns. */
    int column;
    /** What it looks like. Further lines, which comments make, are indented. */
    String text;
    final boolean hasComment;
    /** Ends with a comment that nothing can follow on its line. */
    boolean endsLine;
    /** Stands alone on its line, and the next cell below in its own column. */
    boolean alone;

    Cell(String label, int gap, int column, String text, boolean hasComment, boolean endsLine) {
        this.label = label;
        this.gap = gap;
        this.column = column;
        this.text = text;
        this.hasComment = hasComment;
        this.endsLine = endsLine;
    }

    boolean hasOneLine() {
        return text.indexOf('\n') < 0;
    }

    int width() {
        return widthOf(text);
    }

    /** Width of its first line. */
    int firstWidth() {
        int end = text.indexOf('\n');
        return widthOf(end < 0 ? text : text.substring(0, end));
    }

    /** What belongs to the cell before never begins a line because a row is too long. */
    boolean mayBreakBefore() {
        return !label.equals(EventRows.ENCODING_LABEL);
    }

    /** Width of the last line of a text, in characters. */
    static int widthOf(String text) {
        int start = text.lastIndexOf('\n') + 1;
        return text.codePointCount(start, text.length());
    }
}
