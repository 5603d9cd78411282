package dev.vpmu.generator.emit;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Names of a {@code .pmu} file as Java identifiers, and back. Any string has an identifier, two strings never share one, and
 * {@link #toName} gives the string again; identifiers are ASCII. What vendors write stays readable:
 *
 * <pre>
 *   IA32_PMC                    IA32_PMC                       letters, digits, single underscores stay
 *   RS.EMPTY_COUNT              RS__EMPTY_COUNT                a dot is two underscores
 *   RS_EMPTY.COUNT              RS_EMPTY__COUNT
 *   A:request=B                 A$$request$_B                  a colon is $$, an equals sign $_
 *   128B                        _128B                          no identifier begins with a digit
 *   record                      record$                        a word that Java keeps gets a $ at the end
 *   a b, a__b, _1               a$20$b, a$5f$$5f$b, $5f$1      anything else is its code point in hex between two $
 * </pre>
 *
 * An underscore is written as a code point where it stands beside another underscore or a dot, or before a digit at the
 * beginning: these are the places where it could be taken for something else.
 */
public final class JavaNames {

    private static final char ESCAPE = '$';
    private static final char CASE_MARK = 'Z';

    private JavaNames() {
    }

    /** The identifier of {@code name}, for a constant, a field or a variable. */
    public static String toJava(String name) {
        String plain = encode(name);
        return plain.isEmpty() || JavaWords.isKeyword(plain) ? plain + ESCAPE : plain;
    }

    /** The identifier of {@code name} for a method; those of {@link Object}'s methods are avoided too. */
    public static String toMethod(String name) {
        return toMethod(name, Set.of());
    }

    /**
     * As {@link #toMethod(String)}, and not one of {@code taken}, the members that the class has already.
     *
     * @throws IllegalArgumentException if a member in {@code taken} has a {@code $} in its name
     */
    public static String toMethod(String name, Set<String> taken) {
        if (taken.stream().anyMatch(member -> member.indexOf(ESCAPE) >= 0)) {
            throw new IllegalArgumentException("members with $ belong to the names of .pmu files: " + new TreeSet<>(taken));
        }
        String identifier = toJava(name);
        boolean kept = JavaWords.isObjectMember(identifier) || taken.contains(identifier);
        return kept ? identifier + ESCAPE : identifier;
    }

    /** The package of a dotted name; every segment is also a folder on any disk. */
    public static String toPackage(String qualifiedName) {
        StringBuilder java = new StringBuilder();
        for (String segment : qualifiedName.split("\\.", -1)) {
            String plain = encode(segment);
            boolean kept = plain.isEmpty() || JavaWords.isKeyword(plain) || JavaWords.isDevice(plain);
            java.append(java.length() == 0 ? "" : ".").append(plain).append(kept ? "$" : "");
        }
        return java.toString();
    }

    /**
     * The classes of one package for the elements {@code names}, in that order; {@code kind} is what the class holds, as in
     * {@code WidgetEvents}. Of names that differ only in case the first keeps its plain form, the others carry a mark, so
     * that their files are different on every disk. An element whose own name ends with a kind is kept apart from it.
     *
     * @return the class of each name, in the given order
     */
    public static Map<String, String> toClasses(List<String> names, ClassKind kind) {
        Map<String, String> firstByFolded = new TreeMap<>();
        Map<String, String> classes = new LinkedHashMap<>();
        for (String name : names) {
            String first = firstByFolded.putIfAbsent(encode(name).toLowerCase(Locale.ROOT), name);
            boolean mustDiffer = first != null && !first.equals(name);
            classes.put(name, (mustDiffer ? marked(name) : stem(name)) + kind.suffix());
        }
        return classes;
    }

    /** The class of the only element of that spelling in its package; see {@link #toClasses}. */
    public static String toClass(String name, ClassKind kind) {
        return stem(name) + kind.suffix();
    }

    /**
     * The name that an identifier of this class stands for.
     *
     * @throws IllegalArgumentException if no name has this identifier
     */
    public static String toName(String identifier) {
        String name = new Decoder(identifier).decode();
        String plain = encode(name);
        if (!identifier.equals(plain) && !identifier.equals(plain + ESCAPE)) {
            throw notOurs(identifier);
        }
        return name;
    }

    /**
     * The name that a class made by {@link #toClasses} stands for.
     *
     * @throws IllegalArgumentException if no name has this class
     */
    public static String toName(String className, ClassKind kind) {
        if (!className.endsWith(kind.suffix())) {
            throw notOurs(className);
        }
        String stem = className.substring(0, className.length() - kind.suffix().length());
        String name = new Decoder(stem).decode();
        if (!stem.equals(stem(name)) && !stem.equals(marked(name))) {
            throw notOurs(className);
        }
        return name;
    }

    private static String stem(String name) {
        String plain = encode(name);
        boolean kept = plain.isEmpty() || JavaWords.isReservedType(plain) || ClassKind.endsWithOne(plain);
        return kept ? plain + ESCAPE : plain;
    }

    /** With a mark of the letters that are capitals, which differs between names that are otherwise the same. */
    private static String marked(String name) {
        StringBuilder capitals = new StringBuilder("1");
        name.chars().filter(JavaNames::isLetter).forEach(c -> capitals.append(c <= 'Z' ? '1' : '0'));
        return encode(name) + ESCAPE + CASE_MARK + new BigInteger(capitals.toString(), 2).toString(16);
    }

    private static String encode(String name) {
        StringBuilder java = new StringBuilder(name.length() + 8);
        int[] points = name.codePoints().toArray();
        if (points.length > 0 && isDigit(points[0])) {
            java.append('_');
        }
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            if (isLetter(c) || isDigit(c) || c == '_' && isPlainUnderscore(points, i)) {
                java.append((char) c);
            } else {
                java.append(switch (c) {
                    case '.' -> "__";
                    case ':' -> "$$";
                    case '=' -> "$_";
                    default -> ESCAPE + Integer.toHexString(c) + ESCAPE;
                });
            }
        }
        return java.toString();
    }

    private static boolean isPlainUnderscore(int[] points, int i) {
        int before = i == 0 ? -1 : points[i - 1];
        int after = i + 1 == points.length ? -1 : points[i + 1];
        boolean crowded = before == '_' || before == '.' || after == '_' || after == '.';
        return !crowded && !(i == 0 && isDigit(after));
    }

    private static boolean isLetter(int c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static IllegalArgumentException notOurs(String identifier) {
        return new IllegalArgumentException("no name of a .pmu file is written " + identifier + " in Java");
    }

    /** Reads an identifier from left to right; what it makes of one that nobody wrote is checked by encoding it again. */
    private static final class Decoder {
        private final String java;
        private final StringBuilder name = new StringBuilder();
        private int at;

        Decoder(String java) {
            this.java = java;
        }

        String decode() {
            if (java.length() > 1 && java.charAt(0) == '_' && isDigit(java.charAt(1))) {
                at = 1;
            }
            while (at < java.length()) {
                char c = java.charAt(at);
                if (c == ESCAPE) {
                    escape();
                } else if (java.startsWith("__", at)) {
                    name.append('.');
                    at += 2;
                } else {
                    name.append(c);
                    at++;
                }
            }
            return name.toString();
        }

        private void escape() {
            int end = java.indexOf(ESCAPE, at + 1);
            if (at + 1 == java.length() || java.charAt(at + 1) == CASE_MARK) {
                at = java.length(); // a mark at the end, which says nothing about the name
            } else if (end == at + 1) {
                name.append(':');
                at += 2;
            } else if (java.charAt(at + 1) == '_') {
                name.append('=');
                at += 2;
            } else if (end < 0 || end > at + 7) {
                throw notOurs(java);
            } else {
                try {
                    name.appendCodePoint(Integer.parseInt(java, at + 1, end, 16));
                } catch (IllegalArgumentException e) {
                    throw notOurs(java);
                }
                at = end + 1;
            }
        }
    }
}
