package dev.vpmu.dsl.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

import dev.vpmu.dsl.syntax.SyntaxAutomaton.Situation;

/**
 * Makes the braces of each top-level element balance. An element ends where a line at its very beginning opens the next
 * one; inside an element the indentation tells which block is not closed.
 */
final class BraceRepair {

    static final int DEEPEST = 32;

    private final SyntaxAutomaton automaton;
    private final Repair repair;
    private final Tokens tokens;
    private final Headers headers;
    private final Set<String> elementWords;
    private final Set<String> statementWords;

    BraceRepair(SyntaxAutomaton automaton, Repair repair, Tokens tokens) {
        this.automaton = automaton;
        this.repair = repair;
        this.tokens = tokens;
        this.headers = new Headers(tokens);
        this.elementWords = automaton.start().symbols();
        this.statementWords = automaton.firstOf("Statement");
    }

    /** Returns whether the text was changed. */
    boolean run() {
        boolean changed = false;
        int from = 0;
        while (from < tokens.size()) {
            int to = from + 1;
            while (to < tokens.size() && !beginsElement(to))
                to++;
            changed |= checkElement(from, to);
            from = to;
        }
        return changed;
    }

    private boolean beginsElement(int token) {
        if (!tokens.isWord(token) || !tokens.isFirstOnLine(token) || tokens.indent(token) > 0 || !tokens.isWord(token + 1))
            return false;
        String word = tokens.text(token);
        if (!elementWords.contains(word))
            return false;
        return !statementWords.contains(word) || tokens.isWord(token + 2) && tokens.text(token + 2).equals("for");
    }

    private boolean checkElement(int from, int to) {
        int depth = 0;
        int braces = 0;
        int surplus = 0;
        for (int t = from; t < to; t++) {
            if (opens(t))
                depth++;
            else if (closes(t))
                depth = Math.max(depth - 1, 0);
            if (depth > DEEPEST) {
                repair.report(tokens.start(t), tokens.end(t), "brackets are nested more than " + DEEPEST + " deep" + headers.in(from));
                repair.blank(tokens.start(from), tokens.end(to - 1));
                return true;
            }
            if (tokens.is(t, '{'))
                braces++;
            else if (tokens.is(t, '}') && braces > 0)
                braces--;
            else if (tokens.is(t, '}'))
                surplus++;
        }
        if (surplus > 0)
            return openBlocks(from, to, surplus) || removeSurplus(from, to);
        return braces > 0 && (removeRepeated(from, to) || closeBlocks(from, to, braces));
    }

    private boolean opens(int t) {
        return tokens.is(t, '{') || tokens.is(t, '[') || tokens.is(t, '(');
    }

    private boolean closes(int t) {
        return tokens.is(t, '}') || tokens.is(t, ']') || tokens.is(t, ')');
    }

    /** Finds headers whose brace is missing: rows follow that are indented, or stand in the same line. */
    private boolean openBlocks(int from, int to, int surplus) {
        int opened = 0;
        for (int t = from; t < to && opened < surplus; t++) {
            int end = t == from || tokens.isFirstOnLine(t) ? endOfHeaderWithoutBrace(t, from, to) : -1;
            if (end < 0 || !repair.insert(tokens.end(end), tokens.startOrEnd(end + 1), "{"))
                continue;
            repair.report(tokens.start(end), tokens.end(end), "'{' is missing after " + Shown.quoted(tokens.text(end)) + headers.in(t));
            opened++;
        }
        return opened > 0;
    }

    private int endOfHeaderWithoutBrace(int first, int from, int to) {
        int lineEnd = first;
        boolean closed = false;
        for (int t = first; t < to && (t == first || !tokens.isFirstOnLine(t)); t++) {
            if (tokens.is(t, '{'))
                return -1;
            closed |= tokens.is(t, '}');
            lineEnd = t;
        }
        if (!closed && (lineEnd + 1 >= to || tokens.indent(lineEnd + 1) <= tokens.indent(first)))
            return -1;
        for (Situation start : first == from ? List.of(automaton.startOf("Element")) : List.of(automaton.startOf("Statement"), automaton.startOf("LayoutMember"))) {
            int end = -1;
            Situation now = start.after(tokens, first);
            for (int t = first; t <= lineEnd && now != null; t++) {
                if (now.after(List.of("{")) != null)
                    end = t;
                now = t < lineEnd ? now.after(tokens, t + 1) : null;
            }
            if (end >= 0 && (closed || end == lineEnd))
                return end;
        }
        return -1;
    }

    /** A brace directly behind another opens nothing: every block has a header. */
    private boolean removeRepeated(int from, int to) {
        boolean found = false;
        for (int t = from + 1; t < to; t++)
            if (tokens.is(t, '{') && tokens.is(t - 1, '{')) {
                repair.report(tokens.start(t), tokens.end(t), "'{' cannot stand after '{'" + headers.in(headers.of(t - 1)));
                repair.blank(tokens.start(t), tokens.end(t));
                found = true;
            }
        return found;
    }

    /** Blames a brace that closes the element although rows follow, otherwise the brace that closes nothing. */
    private boolean removeSurplus(int from, int to) {
        List<Integer> removed = new ArrayList<>();
        int depth = 0;
        int closed = -1;
        for (int t = from; t < to; t++) {
            if (tokens.is(t, '{'))
                depth++;
            if (!tokens.is(t, '}'))
                continue;
            if (depth > 0) {
                if (--depth == 0 && closed < 0)
                    closed = t;
                continue;
            }
            boolean rowsBetween = closed >= 0 && t > closed + 1;
            int blamed = rowsBetween ? closed : t;
            boolean repeated = !removed.isEmpty() && removed.get(removed.size() - 1) == t - 1 && !rowsBetween;
            if (!repeated)
                repair.report(tokens.start(blamed), tokens.end(blamed), rowsBetween
                    ? "'}' closes " + headers.title(from) + " although rows follow in line " + tokens.line(blamed + 1) + "; remove it"
                    : "'}' closes nothing: no '{' is open here" + (closed >= 0 ? ", " + headers.title(from) + " ends in line " + tokens.line(closed) : ""));
            repair.blank(tokens.start(blamed), tokens.end(blamed));
            removed.add(t);
            if (rowsBetween)
                closed = t;
        }
        return true;
    }

    private boolean closeBlocks(int from, int to, int missing) {
        Deque<Integer> open = new ArrayDeque<>();
        int left = missing;
        int reported = 0;
        for (int t = from; t < to; t++) {
            while (left > 0 && open.size() > 1 && tokens.isFirstOnLine(t) && tokens.line(t) > tokens.line(open.peek())
                    && isOutside(t, open)) {
                reported += close(open.pop(), t, 1, from, to);
                left--;
            }
            if (tokens.is(t, '{'))
                open.push(t);
            else if (tokens.is(t, '}') && !open.isEmpty())
                open.pop();
            else if (tokens.is(t, '}')) {
                // the indentation has misled: a block was closed before its own brace
                repair.blank(tokens.start(t), tokens.end(t));
                left++;
            }
        }
        if (left > 0)
            close(reported == 0 && !open.isEmpty() ? open.peekLast() : -1, to, left, from, to);
        return true;
    }

    private boolean isOutside(int t, Deque<Integer> open) {
        int inner = tokens.indent(open.peek());
        return tokens.is(t, '}') ? tokens.indent(t) < inner : tokens.indent(t) <= inner && !tokens.isSign(t);
    }

    /** Closes blocks before the token; an opening brace of -1 stays without a message. */
    private int close(int brace, int before, int count, int from, int to) {
        int gapStart = tokens.end(before - 1);
        int gapEnd = tokens.startOrEnd(before);
        if (brace >= 0 && !repair.hasMistakeIn(gapStart, gapEnd) && !hasUnclosedComment(from, before)) {
            int header = headers.of(brace);
            repair.report(tokens.start(header), tokens.end(Math.max(header, brace - 1)),
                headers.title(header) + " is not closed: '}' is missing "
                    + (before < tokens.size() ? "before " + Shown.quoted(tokens.text(before)) + " in line " + tokens.line(before) : "at the end of the file"));
        }
        if (!repair.insert(gapStart, gapEnd, "}".repeat(count)))
            repair.blank(tokens.start(from), tokens.end(to - 1));
        return 1;
    }

    private boolean hasUnclosedComment(int from, int before) {
        return before == tokens.size() && repair.hasMistakeIn(tokens.end(before - 1), Integer.MAX_VALUE);
    }
}
