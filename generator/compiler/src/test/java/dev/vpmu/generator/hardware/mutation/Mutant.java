package dev.vpmu.generator.hardware.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One small mistake in a source.
 *
 * @param line the number of the line, from 1
 * @param before the line as it was
 * @param after the line with the mistake; empty if it is left out
 */
record Mutant(int line, String before, String after) {

    private static final List<Swap> SWAPS = List.of(
            new Swap(" != 0", " == 0"), new Swap(" == 0", " != 0"), new Swap(" == (?!0)", " != "), new Swap(" < ", " >= "),
            new Swap(" \\+ ", " - "), new Swap(" - ", " + "), new Swap(" & ", " | "), new Swap(" \\| ", " & "), new Swap(" && ", " || "), new Swap(" \\|\\| ", " && "),
            new Swap(" \\|= ", " &= "), new Swap(" &= ", " |= "), new Swap("&= ~", "&= "), new Swap(" >>> ", " << "), new Swap("\\btrue\\b", "false"),
            new Swap("\\bfalse\\b", "true"), new Swap("\\bsmt \\?", "!smt ?"), new Swap("\\bkernel \\?", "!kernel ?"), new Swap("\\bofSibling \\?", "!ofSibling ?"),
            new Swap("\\bedge && ", "!edge && "), new Swap("return ", "return 1 + "), new Swap("\\(int\\) value", "value"), new Swap("\\bEVERY_CYCLE\\b", "BUS_CLOCK"));
    private static final Pattern HEX = Pattern.compile("0x([0-9A-F_]+)(L?)");
    private static final Pattern SHIFT = Pattern.compile("(>>> )(\\d+)");
    private static final Pattern ELEMENT = Pattern.compile("\\b([a-z]\\w*?)(\\d)\\b");
    private static final Pattern STATEMENT = Pattern.compile("\\s+(\\w+ (=|\\|=|&=) .*|\\w+\\(.*\\));");

    private record Swap(Pattern from, String to) {

        Swap(String from, String to) {
            this(Pattern.compile(from), to);
        }
    }

    /** Why nobody can see this mistake; empty where it should be seen. */
    Optional<String> harmless() {
        if (after.contains("(written | ")) {
            return Optional.of("decodes a control word that has not changed");
        }
        if (before.strip().startsWith("plain = with(") && (after.isEmpty() || after.contains("(selector | ("))) {
            return Optional.of("counts a sum of occurrences the long way, which gives the same");
        }
        return Optional.empty();
    }

    /** Every mistake that this class can make in the statements and constants of a source. */
    static List<Mutant> of(String source) {
        List<Mutant> mutants = new ArrayList<>();
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (isCode(line)) {
                for (String after : mistakes(line)) {
                    if (!after.equals(line)) {
                        mutants.add(new Mutant(i + 1, line, after));
                    }
                }
            }
        }
        return mutants;
    }

    private static boolean isCode(String line) {
        String text = line.strip();
        boolean declares = text.startsWith("private long") && !text.contains("(") || text.startsWith("package") || text.startsWith("import");
        return !declares && !text.startsWith("//") && !text.startsWith("*") && !text.startsWith("/*") && !text.startsWith("@")
                && (text.endsWith(";") || text.startsWith("if (") || text.startsWith("||") || text.startsWith("return") || text.startsWith("case"));
    }

    private static List<String> mistakes(String line) {
        List<String> all = new ArrayList<>();
        for (Swap swap : SWAPS) {
            all.addAll(replaced(line, swap.from().matcher(line), swap.to()));
        }
        Matcher hex = HEX.matcher(line);
        while (hex.find()) {
            long value = Long.parseUnsignedLong(hex.group(1).replace("_", ""), 16);
            for (long wrong : new long[] {value & value - 1, value ^ 1, value << 1}) {
                all.add(line.substring(0, hex.start()) + "0x" + Long.toHexString(wrong) + hex.group(2) + line.substring(hex.end()));
            }
        }
        Matcher shift = SHIFT.matcher(line);
        while (shift.find()) {
            all.add(line.substring(0, shift.start()) + shift.group(1) + (Integer.parseInt(shift.group(2)) + 1) + line.substring(shift.end()));
        }
        Matcher element = ELEMENT.matcher(line);
        while (element.find()) {
            all.add(line.substring(0, element.start()) + element.group(1) + (Integer.parseInt(element.group(2)) ^ 1) + line.substring(element.end()));
        }
        if (STATEMENT.matcher(line).matches() && !line.contains(" = smt")) {
            all.add("");
        }
        return all.stream().distinct().toList();
    }

    private static List<String> replaced(String line, Matcher matcher, String by) {
        List<String> all = new ArrayList<>();
        while (matcher.find()) {
            all.add(line.substring(0, matcher.start()) + by + line.substring(matcher.end()));
        }
        return all;
    }

    /** The source with the mistake in it. */
    String in(String source) {
        List<String> lines = new ArrayList<>(source.lines().toList());
        lines.set(line - 1, after);
        return String.join("\n", lines) + "\n";
    }

    @Override
    public String toString() {
        return line + ": " + before.strip() + "  →  " + (after.isEmpty() ? "left out" : after.strip());
    }
}
