package dev.vpmu.dsl.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.vpmu.dsl.syntax.SyntaxAutomaton.Situation;

/**
 * Reads a text with the automaton. At a token that no reading allows it reports one mistake, takes the smallest region
 * out of the text (a sign put in, a word replaced, a row, an element), and goes on behind it, so that each mistake is
 * reported once and none is reported that only follows from another.
 */
final class MistakeFinder {

    private static final int LONGEST_HEADER = 40;
    private static final int MOST_INSERTED = 4;

    private final Repair repair;
    private final Tokens tokens;
    private final Headers headers;
    private final MistakeWording wording;
    private final Situation elements;
    private final Deque<Block> blocks = new ArrayDeque<>();
    private final List<int[]> inserted = new ArrayList<>();
    private Situation situation;
    /** As {@link #situation}, without the readings in which a row begins in the middle of a line. */
    private Situation narrow;
    /** Token at which a row must have begun in the middle of a line, or -1, and the narrow situation before it. */
    private int midLine = -1;
    private Situation beforeMidLine;
    private Situation beforeLine;
    private int position;
    /** Where a mistake was last met; a second one there shows that a correction was none, and the row has to go. */
    private int lastMistake = -1;
    private int corrected = -1;

    /** A block that is open: what its rows begin from, where its header begins, and where the row being read begins. */
    static final class Block {
        final Situation body;
        final int header;
        int row;
        Situation beforeRow;

        Block(Situation body, int header, int row) {
            this.body = body;
            this.header = header;
            this.row = row;
            this.beforeRow = body;
        }

        boolean isFile() {
            return header < 0;
        }
    }

    MistakeFinder(SyntaxAutomaton automaton, Repair repair, Tokens tokens) {
        this.repair = repair;
        this.tokens = tokens;
        this.headers = new Headers(tokens);
        this.wording = new MistakeWording(automaton, tokens, headers);
        enter(automaton.start());
        Set<String> words = new HashSet<>(situation.symbols());
        words.removeAll(Set.of("language", "package", "import"));
        elements = situation.only(words);
        blocks.push(new Block(elements, -1, 0));
        blocks.peek().beforeRow = situation;
    }

    void run() {
        while (position < tokens.size()) {
            noteRow();
            if (tokens.isFirstOnLine(position))
                beforeLine = midLine < 0 ? narrow : situation;
            Situation following = situation.after(tokens, position);
            if (following == null)
                recover();
            else
                advance(following);
        }
        if (!situation.isComplete())
            recover();
    }

    private void enter(Situation entered) {
        situation = entered;
        narrow = entered;
        midLine = -1;
    }

    private void advance(Situation following) {
        advanceNarrow(following);
        if (tokens.is(position, '{'))
            blocks.push(new Block(following, blocks.peek().row, position + 1));
        else if (tokens.is(position, '}') && blocks.size() > 1)
            blocks.pop();
        situation = following;
        position++;
    }

    private void advanceNarrow(Situation following) {
        boolean atStart = mayBeginRow(position);
        if (midLine >= 0) {
            if (!atStart)
                return;
            narrow = situation;
            midLine = -1;
        }
        Situation before = atStart ? narrow : narrow.without(blocks.peek().body);
        Situation after = before.after(tokens, position);
        if (after != null)
            narrow = after;
        else if (atStart)
            narrow = following;
        else {
            midLine = position;
            beforeMidLine = before;
        }
    }

    private boolean mayBeginRow(int token) {
        return tokens.isFirstOnLine(token) || tokens.is(token - 1, '{') || tokens.is(token - 1, '}') || tokens.is(token, '}');
    }

    /** A row that begins in the middle of a line and fails at once is none: the mistake is where it begins. */
    private void narrowDown() {
        if (midLine >= 0 && midLine >= blocks.peek().row && position - midLine <= 2) {
            position = midLine;
            situation = beforeMidLine;
        } else if (midLine < 0 && (position == tokens.size() || narrow.after(tokens, position) == null))
            situation = narrow;
        midLine = -1;
        if (isRowOfItsOwn()) {
            blocks.peek().row = position;
            blocks.peek().beforeRow = situation;
            situation = blocks.peek().body;
        } else
            unreadLine();
    }

    /** The row before is complete and the line is not its continuation: it is a row, and its first token is wrong. */
    private boolean isRowOfItsOwn() {
        Block block = blocks.peek();
        return !block.isFile() && position < tokens.size() && position > block.row && tokens.isFirstOnLine(position) && !tokens.is(position, '}')
            && situation.includes(block.body) && tokens.indent(position) <= rowIndent(block);
    }

    /** A line that reads further as a row of its own than as part of the row before is a row: the mistake is before it. */
    private void unreadLine() {
        Block block = blocks.peek();
        if (position == 0 || position >= tokens.size() || block.isFile())
            return;
        int line = tokens.lineStart(position);
        if (line > block.row && line < position && !tokens.isSign(line) && tokens.indent(line) <= rowIndent(block)
                && tokens.start(line) > tokens.start(blocks.peek().header) && accepted(block.body, line, position + 1) == position + 1) {
            position = line;
            situation = beforeLine;
        }
    }

    /** Takes note when the token at hand can begin a row of the innermost block. */
    private void noteRow() {
        Block block = blocks.peek();
        if (mayBeginRow(position) && !tokens.isSign(position) && situation.includes(block.body) && (position == 0 || beginsRow(position, block))) {
            block.row = position;
            block.beforeRow = situation;
        }
    }

    private boolean beginsRow(int token, Block block) {
        return block.isFile() || accepted(block.body, token, token + 2) == token + 2 || tokens.indent(token) <= rowIndent(block)
            || accepted(block.body, token, token + 1) > token && !tokens.isWord(token);
    }

    private int rowIndent(Block block) {
        return block.row < tokens.size() && tokens.isFirstOnLine(block.row) ? tokens.indent(block.row) : Integer.MAX_VALUE;
    }

    /** First token from {@code from} on that cannot stand there, or {@code to}. */
    private int accepted(Situation from, int first, int to) {
        Situation now = from;
        for (int t = first; t < to && t < tokens.size(); t++) {
            now = now.after(tokens, t);
            if (now == null)
                return t;
        }
        return to;
    }

    private void recover() {
        boolean further = position > lastMistake;
        lastMistake = Math.max(lastMistake, position);
        int met = position;
        Situation metWith = situation;
        if (further)
            narrowDown();
        if (position <= corrected) {
            position = met;
            situation = metWith;
        }
        Block block = blocks.peek();
        int row = Math.min(block.row, position);
        int end = rowEnd(block, row);
        int brace = braceBetween(Math.max(position, row), end);
        int from = tokens.startOrEnd(row);
        boolean silent = !further || repair.hasMistakeIn(from, lineEnd(row < end ? tokens.end(end - 1) : repair.original().length()));
        if (further && correct(end, silent))
            return;
        if (!silent)
            wording.report(repair, situation, position, block, row);
        if (brace >= 0 && enterBody(brace, row))
            return;
        takeOut(block, row, end);
    }

    /** Tries one more sign, or another word, with which the rest of the row can be read. */
    private boolean correct(int end, boolean silent) {
        if (position >= tokens.size() || position == 0)
            return false;
        String sign = wording.missingSign(situation, position, end, blocks.peek());
        if (sign != null && insertSign(sign)) {
            if (!silent)
                wording.reportMissing(repair, sign, position, blocks.peek());
            corrected = position - 1;
            enter(situation.after(List.of(sign)));
            return true;
        }
        String word = wording.likelyWord(situation, position, end, blocks.peek());
        if (word != null && repair.replace(tokens.start(position), tokens.end(position), word)) {
            if (!silent)
                wording.reportMisspelt(repair, word, position, blocks.peek());
            enter(situation.after(List.of(word)));
            corrected = position++;
            return true;
        }
        return false;
    }

    private boolean insertSign(String sign) {
        int offset = tokens.end(position - 1);
        if (!repair.insert(offset, tokens.start(position), sign))
            return false;
        inserted.add(new int[] { offset, offset + sign.length() });
        return true;
    }

    /** Blanks the tokens, and the signs that were put in beside them. */
    private void blank(int first, int end) {
        int from = tokens.start(first);
        int to = tokens.startOrEnd(end);
        inserted.stream().filter(span -> span[0] >= from && span[0] < to).forEach(span -> repair.blank(span[0], span[1]));
        repair.blank(tokens.start(first), tokens.end(end - 1));
    }

    /** The header is wrong: reads the body's rows all the same, and takes out as little as possible. */
    private boolean enterBody(int brace, int row) {
        if (brace - row > LONGEST_HEADER)
            return false;
        for (int t = position + 1; t < brace; t++)
            if (accepted(situation, t, brace + 1) == brace + 1) {
                repair.blank(tokens.start(position), tokens.end(t - 1));
                position = t;
                enter(situation);
                return true;
            }
        Situation atBody = situationBefore(brace, position == row);
        if (atBody == null)
            return false;
        blank(row, row + 1);
        repair.lose(tokens.start(row), tokens.end(closing(brace)));
        position = brace;
        enter(atBody);
        return true;
    }

    /**
     * The situation before the brace if a word is corrected, or up to four tokens are added, at the mistake; if the block's
     * kind is unknown, only one that fits the body's first row.
     */
    private Situation situationBefore(int brace, boolean unknown) {
        String word = wording.nearestWord(situation, position);
        Situation corrected = word == null ? null : headerRead(situation.after(List.of(word)), position + 1, brace);
        if (corrected != null)
            return corrected;
        Situation first = null;
        List<Situation> reached = List.of(situation);
        Set<Situation> seen = new HashSet<>();
        for (int added = 0; added < MOST_INSERTED && seen.size() < 400; added++) {
            List<Situation> following = new ArrayList<>();
            for (Situation from : reached)
                for (String symbol : from.symbols()) {
                    Situation next = symbol.equals("}") || symbol.equals("{") ? null : from.after(List.of(symbol));
                    if (next == null || !seen.add(next))
                        continue;
                    Situation read = headerRead(next, position, brace);
                    if (read != null && accepted(read, brace, brace + 4) == brace + 4)
                        return read;
                    first = first == null ? read : first;
                    following.add(next);
                }
            reached = following;
        }
        return unknown ? null : first;
    }

    private Situation headerRead(Situation from, int first, int brace) {
        Situation now = from;
        for (int t = first; t < brace && now != null; t++)
            now = now.after(tokens, t);
        return now != null && now.after(List.of("{")) != null ? now : null;
    }

    private void takeOut(Block block, int row, int end) {
        int to = Math.max(end, Math.min(row + 1, tokens.size()));
        if (row < tokens.size())
            blank(row, to);
        enter(!block.isFile() ? block.body : block.beforeRow.includes(elements) ? block.beforeRow : elements);
        position = to;
        block.row = position;
        block.beforeRow = situation;
    }

    /** Token behind the row that begins at {@code row} and has a mistake at the current token. */
    private int rowEnd(Block block, int row) {
        int t = Math.max(position, row + 1);
        // braces that the row has opened and closed before the mistake do not matter, they balance
        while (t < tokens.size()) {
            if (tokens.is(t, '}') && !block.isFile())
                return t;
            if (tokens.isFirstOnLine(t) && !tokens.isSign(t) && beginsNext(t, block))
                return t;
            t = tokens.is(t, '{') ? closing(t) + 1 : t + 1;
        }
        return tokens.size();
    }

    private boolean beginsNext(int token, Block block) {
        if (block.isFile())
            return accepted(elements, token, token + 1) > token && (tokens.indent(token) == 0 || accepted(elements, token, token + 3) == token + 3)
                || tokens.indent(token) == 0 && tokens.isWord(token) && opensHere(token)
                || tokens.isWord(token) && tokens.indent(token) == 0 && (tokens.text(token).equals("import") || tokens.text(token).equals("package"));
        return tokens.indent(token) <= rowIndent(block) || accepted(block.body, token, token + 2) == token + 2;
    }

    /** Whether the line looks like the header of an element whose first word is misspelt. */
    private boolean opensHere(int token) {
        for (int t = token; t < tokens.size() && t < token + LONGEST_HEADER && tokens.line(t) == tokens.line(token); t++)
            if (tokens.is(t, '{'))
                return true;
        return false;
    }

    private int lineEnd(int offset) {
        int end = repair.original().indexOf('\n', offset);
        return end < 0 ? repair.original().length() + 1 : end;
    }

    private int braceBetween(int from, int to) {
        for (int t = from; t < to; t++)
            if (tokens.is(t, '{'))
                return t;
        return -1;
    }

    /** The brace that closes the given one, or the last token. */
    private int closing(int brace) {
        int depth = 0;
        for (int t = brace; t < tokens.size(); t++) {
            if (tokens.is(t, '{'))
                depth++;
            else if (tokens.is(t, '}') && --depth == 0)
                return t;
        }
        return tokens.size() - 1;
    }
}
