package dev.vpmu.dsl.format;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A member of a body, an element, or a line of the file's head.
 *
 * @param head  its tokens, without a body
 * @param open  the brace that opens its body, or null
 * @param body  the rows in the braces
 * @param close the brace that closes its body, or null
 */
record Row(List<Token> head, Token open, List<Row> body, Token close) {

    /** The rows of a file, the last token of which is the empty one at the end. */
    static List<Row> of(List<Token> tokens) {
        return new Reader(tokens).rows();
    }

    Token first() {
        return head.get(0);
    }

    boolean hasBody() {
        return open != null;
    }

    boolean begins(String what) {
        return first().begins(what);
    }

    /** Comments stand between its own tokens, not only before and behind it. */
    boolean hasCommentInside() {
        return head.subList(1, head.size()).stream().anyMatch(token -> !token.before.isEmpty()) || open != null && !open.before.isEmpty();
    }

    /** The offset behind its last token before the body. */
    int headEnd() {
        return open == null ? head.get(head.size() - 1).end() : open.end();
    }

    /** All its tokens but the first one. */
    Stream<Token> furtherTokens() {
        Stream<Token> own = head.stream().skip(1);
        return open == null ? own : Stream.of(own, Stream.of(open), body.stream().flatMap(Row::tokens), Stream.of(close)).flatMap(part -> part);
    }

    private Stream<Token> tokens() {
        return Stream.concat(Stream.of(first()), furtherTokens());
    }

    /** Rows nest as deep as the grammar's bodies do, three at most. */
    private static final class Reader {

        private final List<Token> tokens;
        private int next;

        Reader(List<Token> tokens) {
            this.tokens = tokens;
        }

        List<Row> rows() {
            List<Row> rows = new ArrayList<>();
            while (!peek().is("}") && !peek().is("")) {
                rows.add(row());
            }
            return rows;
        }

        private Row row() {
            List<Token> head = new ArrayList<>(List.of(take()));
            while (!peek().startsRow && !peek().is("{") && !peek().is("}") && !peek().is("")) {
                head.add(take());
            }
            if (!peek().is("{")) {
                return new Row(head, null, List.of(), null);
            }
            Token open = take();
            return new Row(head, open, rows(), take());
        }

        private Token peek() {
            return tokens.get(next);
        }

        private Token take() {
            return tokens.get(next++);
        }
    }
}
