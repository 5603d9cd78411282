package dev.vpmu.dsl.syntax;

/** Names the elements and statements of a text as its author would: {@code layout EventSelect (line 12)}. */
final class Headers {

    private final Tokens tokens;

    Headers(Tokens tokens) {
        this.tokens = tokens;
    }

    /** First token of the header that ends with the given opening brace. */
    int of(int brace) {
        int first = tokens.lineStart(brace);
        if (first == brace && brace > 0)
            first = tokens.lineStart(brace - 1);
        for (int t = brace - 1; t > first; t--)
            if (tokens.is(t, '{') || tokens.is(t, '}'))
                return t + 1;
        return first;
    }

    /** The header's word and name, and its line. */
    String title(int header) {
        return name(header) + " (line " + tokens.line(header) + ")";
    }

    /** {@code , in layout EventSelect (line 12)}. */
    String in(int header) {
        return ", in " + title(header);
    }

    /** The header's word and name. */
    String name(int header) {
        StringBuilder name = new StringBuilder(shown(header));
        if (tokens.isWord(header) && header + 1 < tokens.size() && !tokens.isSign(header + 1)
                && tokens.line(header + 1) == tokens.line(header) && !isEnding(tokens.text(header + 1)))
            name.append(' ').append(shown(header + 1));
        return name.toString();
    }

    /** The row's first words up to a sign that is no dot, as a name of the row. */
    String row(int first) {
        StringBuilder row = new StringBuilder(tokens.text(first));
        int t = first + 1;
        while (t + 1 < tokens.size() && tokens.is(t, '.') && !tokens.isSign(t + 1) && tokens.start(t + 1) == tokens.end(t)) {
            row.append('.').append(tokens.text(t + 1));
            t += 2;
        }
        return Shown.quoted(row);
    }

    private String shown(int token) {
        String quoted = Shown.quoted(tokens.text(token));
        return quoted.substring(1, quoted.length() - 1);
    }

    private static boolean isEnding(String word) {
        return word.equals("from") || word.equals("assumed") || word.equals("when") || word.equals("unless") || word.equals("only");
    }
}
