package dev.vpmu.dsl.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.vpmu.dsl.syntax.MistakeFinder.Block;
import dev.vpmu.dsl.syntax.SyntaxAutomaton.Offer;
import dev.vpmu.dsl.syntax.SyntaxAutomaton.Situation;

/** Says what is wrong at a token, and what can stand there instead. */
final class MistakeWording {

    private static final int MOST_OFFERS = 7;
    private static final int LONGEST_ROW = 200;

    /** Rules whose many words are better named than listed. */
    private static final Map<String, String> KINDS = Map.of(
        "FieldRole", "a role of a field such as 'event code'",
        "PlainRegisterRole", "a role of a register such as 'value'",
        "LayoutRegisterRole", "a role of a register with a layout such as 'selector'",
        "EventRole", "a meaning such as 'cycles'");

    private static final Map<String, String> BELONGS = new LinkedHashMap<>();
    static {
        BELONGS.put("Statement", "a statement of a pmu or cpu");
        BELONGS.put("FieldArray", "a part of a layout");
        BELONGS.put("CpuidField", "a row of cpuid");
        BELONGS.put("Element", "an element of the file");
    }

    private final SyntaxAutomaton automaton;
    private final Tokens tokens;
    private final Headers headers;

    MistakeWording(SyntaxAutomaton automaton, Tokens tokens, Headers headers) {
        this.automaton = automaton;
        this.tokens = tokens;
        this.headers = headers;
    }

    /** Reports that the token, or the end of the text, cannot stand where it is. */
    void report(Repair repair, Situation situation, int token, Block block, int row) {
        String elsewhere = belongsElsewhere(token, block, row);
        if (elsewhere != null) {
            repair.report(tokens.start(row), tokens.end(row),
                Shown.quoted(tokens.text(row)) + " begins " + elsewhere + " and cannot stand here" + place(block, row, token));
            return;
        }
        String only = onlyOffer(situation, token);
        if (only != null && token > 0) {
            reportMissing(repair, only, token, block);
            return;
        }
        boolean atEnd = token >= tokens.size();
        boolean lineEnds = token > row && (atEnd || tokens.isFirstOnLine(token) || tokens.is(token, '}')) && token > 0;
        if (lineEnds) {
            repair.report(tokens.start(token - 1), tokens.end(token - 1), "something is missing after "
                + Shown.quoted(tokens.text(token - 1)) + place(block, row, token) + "; possible: " + offers(situation, token));
            return;
        }
        if (atEnd) {
            repair.report(Math.max(repair.original().length() - 1, 0), repair.original().length(), "the file ends too early; possible: " + offers(situation, token));
            return;
        }
        String found = Shown.quoted(tokens.text(token));
        String near = nearestWord(situation, token);
        String where = place(block, row, token);
        repair.report(tokens.start(token), tokens.end(token), near != null
            ? found + " cannot stand here" + where + "; did you mean '" + near + "'?"
            : found + " cannot stand " + (token > row ? "after " + Shown.quoted(tokens.text(token - 1)) : "here") + where + "; possible: " + offers(situation, token));
    }

    void reportMissing(Repair repair, String symbol, int token, Block block) {
        String missing = shown(symbol) + " is missing ";
        String where = place(block, block.row, token);
        if (token == tokens.size() || tokens.isFirstOnLine(token) || tokens.is(token, '}'))
            repair.report(tokens.start(token - 1), tokens.end(token - 1), missing + "after " + Shown.quoted(tokens.text(token - 1)) + where);
        else
            repair.report(tokens.start(token), tokens.end(token), missing + "before " + Shown.quoted(tokens.text(token)) + where);
    }

    /** The symbol that must stand before the token, if there is only one and the token can follow it. */
    private String onlyOffer(Situation situation, int token) {
        if (situation.symbols().size() != 1 || nearestWord(situation, token) != null)
            return null;
        String symbol = situation.symbols().iterator().next();
        return token == tokens.size() || tokens.isFirstOnLine(token) || situation.after(List.of(symbol)).after(tokens, token) != null ? symbol : null;
    }

    private static String shown(String symbol) {
        return symbol.startsWith("a ") ? symbol : "'" + symbol + "'";
    }

    void reportMisspelt(Repair repair, String word, int token, Block block) {
        repair.report(tokens.start(token), tokens.end(token),
            Shown.quoted(tokens.text(token)) + " cannot stand here" + place(block, block.row, token) + "; did you mean '" + word + "'?");
    }

    /** The one sign that makes the rest of the row readable when it is put before the token, or null. */
    String missingSign(Situation situation, int token, int end, Block block) {
        for (String sign : situation.symbols()) {
            if (Character.isLetterOrDigit(sign.charAt(0)) || sign.equals("{") || sign.equals("}") || sign.equals("."))
                continue;
            if (readable(situation.after(List.of(sign)), token, end, block))
                return sign;
        }
        return null;
    }

    /** The word of the language that the token is a misspelling of, if the rest of the row can be read with it. */
    String likelyWord(Situation situation, int token, int end, Block block) {
        String near = nearestWord(situation, token);
        return near != null && readable(situation.after(List.of(near)), token + 1, end, block) ? near : null;
    }

    /** The word that could stand here and is spelt most like the token, or null. */
    String nearestWord(Situation situation, int token) {
        if (token >= tokens.size() || !tokens.isWord(token) || tokens.end(token) - tokens.start(token) > 40)
            return null;
        String found = tokens.text(token);
        String best = null;
        int bestDistance = found.length() <= 3 ? 1 : found.length() <= 7 ? 2 : 3;
        bestDistance++;
        for (String symbol : situation.symbols()) {
            if (!SourceScanner.isWordStart(symbol.charAt(0)) || symbol.indexOf(' ') >= 0 || symbol.equals(found))
                continue;
            int distance = distance(found, symbol);
            if (distance < bestDistance && distance < symbol.length()) {
                best = symbol;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Whether the row can be read to its end and is complete there. */
    private boolean readable(Situation from, int token, int end, Block block) {
        if (end - token > LONGEST_ROW)
            return false;
        Situation now = from;
        for (int t = token; t < end && now != null; t++)
            now = now.after(tokens, t);
        if (now == null)
            return false;
        return end == tokens.size() ? now.isComplete() : tokens.is(end, '}') ? now.after(tokens, end) != null : now.includes(block.body) && block.body.after(tokens, end) != null;
    }

    private String belongsElsewhere(int token, Block block, int row) {
        if (token > row + 1 || token >= tokens.size() && row >= tokens.size() || !tokens.isWord(row))
            return null;
        String word = tokens.text(row);
        Set<String> here = block.isFile() ? block.beforeRow.symbols() : block.body.symbols();
        if (here.contains(word))
            return null;
        for (Map.Entry<String, String> owner : BELONGS.entrySet())
            if (automaton.firstOf(owner.getKey()).contains(word))
                return owner.getValue();
        if (word.equals("import") || word.equals("package") || word.equals("language"))
            return "a line that stands before the first element";
        return null;
    }

    private String place(Block block, int row, int token) {
        if (block.isFile())
            return row < token && row < tokens.size() && tokens.isWord(row) ? headers.in(row) : "";
        return headers.in(block.header);
    }

    private String offers(Situation situation, int token) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (Offer offer : situation.offers())
            sizes.merge(offer.rule(), 1L, Long::sum);
        Set<String> shown = new LinkedHashSet<>();
        Set<String> signs = new LinkedHashSet<>();
        for (Offer offer : situation.offers()) {
            String kind = KINDS.get(offer.rule());
            String symbol = offer.symbol();
            if (kind != null && sizes.get(offer.rule()) > 3)
                shown.add(kind);
            else if (symbol.startsWith("a "))
                shown.add(symbol);
            else if (!symbol.startsWith(".") || token < tokens.size() && !tokens.isFirstOnLine(token))
                (Character.isLetter(symbol.charAt(0)) ? shown : signs).add(shown(symbol));
        }
        List<String> all = new ArrayList<>(signs);
        all.addAll(shown);
        return all.size() <= MOST_OFFERS ? String.join(", ", all) : String.join(", ", all.subList(0, MOST_OFFERS)) + ", …";
    }

    /** Number of characters to insert, delete, replace or swap. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++)
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1))
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
            }
        return d[a.length()][b.length()];
    }
}
