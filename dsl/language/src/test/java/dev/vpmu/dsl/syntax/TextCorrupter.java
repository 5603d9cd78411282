package dev.vpmu.dsl.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes wrong texts out of right ones, the same ones for the same seed: what slips, crashed editors and vandals leave behind. */
public final class TextCorrupter {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_]+|\"[^\"\n]*\"|\\s+|/\\*.*?\\*/|//[^\n]*|.", Pattern.DOTALL);
    private static final String[] NESTING = { "{", "[", "(", "}", "]", ")", "{[(", "layout a {", "/*", "\"", "\\", "." };
    private static final String[] STRANGE = { "\0", "\uFEFF", "\u202E", "\uD800", "\uDC00", "§", "\uD83D\uDE00", "\r", "\u2028", "\u00A0", "\u0007" };

    private final Random random;

    /** @param seed the same seed makes the same texts */
    public TextCorrupter(long seed) {
        random = new Random(seed);
    }

    /** The text with one to four corruptions of random kinds. */
    public String corrupt(String text) {
        String corrupted = text;
        for (int count = 1 + random.nextInt(4); count > 0; count--)
            corrupted = once(corrupted);
        return corrupted;
    }

    private String once(String text) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> changeTokens(text, this::delete);
            case 2 -> changeTokens(text, this::repeat);
            case 3, 4 -> changeTokens(text, this::swap);
            case 5 -> text.substring(0, place(text));
            case 6 -> text.substring(place(text));
            case 7 -> cutOut(text);
            case 8 -> insert(text, randomCharacters());
            case 9 -> insert(text, STRANGE[random.nextInt(STRANGE.length)]);
            case 10 -> random.nextInt(4) == 0 ? insert(text, NESTING[random.nextInt(NESTING.length)].repeat(10_000)) : insert(text, NESTING[random.nextInt(NESTING.length)]);
            default -> changeTokens(text, this::misspell);
        };
    }

    private interface Change {
        void apply(List<String> tokens);
    }

    private static String changeTokens(String text, Change change) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find())
            tokens.add(matcher.group());
        if (tokens.size() > 1)
            change.apply(tokens);
        return String.join("", tokens);
    }

    private void delete(List<String> tokens) {
        for (int count = 1 + random.nextInt(3); count > 0 && !tokens.isEmpty(); count--)
            tokens.remove(random.nextInt(tokens.size()));
    }

    private void repeat(List<String> tokens) {
        int at = random.nextInt(tokens.size());
        tokens.add(at, tokens.get(at));
    }

    private void swap(List<String> tokens) {
        int a = random.nextInt(tokens.size());
        int b = random.nextBoolean() ? random.nextInt(tokens.size()) : Math.min(a + 1 + random.nextInt(3), tokens.size() - 1);
        tokens.set(a, tokens.set(b, tokens.get(a)));
    }

    private void misspell(List<String> tokens) {
        int at = random.nextInt(tokens.size());
        String token = tokens.get(at);
        int letter = random.nextInt(token.length());
        tokens.set(at, token.substring(0, letter) + (char) ('a' + random.nextInt(26)) + token.substring(letter + random.nextInt(2)));
    }

    private String cutOut(String text) {
        int from = place(text);
        return text.substring(0, from) + text.substring(Math.min(text.length(), from + random.nextInt(200)));
    }

    private String insert(String text, String inserted) {
        int at = place(text);
        return text.substring(0, at) + inserted + text.substring(at);
    }

    private String randomCharacters() {
        StringBuilder characters = new StringBuilder();
        for (int count = 1 + random.nextInt(30); count > 0; count--)
            characters.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
        return characters.toString();
    }

    private int place(String text) {
        return random.nextInt(text.length() + 1);
    }
}
