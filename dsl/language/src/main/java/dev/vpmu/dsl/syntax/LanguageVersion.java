package dev.vpmu.dsl.syntax;

import java.util.Optional;

/** The version of the language that a file is written in, read from its first tokens so that nothing behind them matters. */
final class LanguageVersion {

    /** The newest version that this tool understands. */
    static final long NEWEST = 1;

    private LanguageVersion() {
    }

    /** The refusal of a file that states a version which does not exist yet, or never will. */
    static Optional<Mistake> refusal(Tokens tokens) {
        if (tokens.size() < 2 || !tokens.isWord(0) || !tokens.text(0).equals("language") || tokens.kind(1) != Tokens.Kind.NUMBER)
            return Optional.empty();
        String written = tokens.text(1);
        try {
            if (Long.compareUnsigned(NumberLiteral.read(written) - 1, NEWEST) < 0)
                return Optional.empty();
        } catch (NumberLiteral.FormatProblem problem) {
            if (!written.chars().allMatch(c -> c >= '0' && c <= '9'))
                return Optional.empty();
        }
        return Optional.of(new Mistake(tokens.start(1), tokens.end(1) - tokens.start(1), Mistake.LANGUAGE,
            "the file is written in version " + Shown.quoted(written) + " of the language; this tool understands version " + NEWEST));
    }
}
