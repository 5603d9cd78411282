package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.generator.emit.JavaNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of a generated class's members. {@code IA32_PERFEVTSEL[2]} is the field {@code ia32Perfevtsel2}. */
final class HardwareNames {

    /** What the template of the hardware itself names, and what it inherits. */
    private static final List<String> TAKEN = List.of("address", "value", "ecx", "step", "from", "to", "ofSibling", "leaf", "subleaf", "selector", "counter",
            "counters", "before", "counting", "overflow", "sum", "end", "pattern", "event", "condition", "edge", "edges", "coreCycle", "smt", "other", "word",
            "times", "written", "kernelMode", "userMode", "anyThread", "inTransaction", "checkpointed", "asking", "plain", "enabled", "usual", "room", "ahead");

    private final Map<String, String> fields = new HashMap<>();
    private final Set<String> used;

    /** The names of the hardware's members. */
    HardwareNames() {
        this(TAKEN);
    }

    /** The names of another class's members, which itself names or inherits those that are taken. */
    HardwareNames(List<String> taken) {
        used = new HashSet<>(taken);
    }

    /** The field that holds a register, or an element of it. */
    String field(RegisterModel register, int index) {
        return fields.computeIfAbsent(register.name() + "[" + index + "]", key ->
                free(camel(register.name()) + register.bank().map(bank -> Integer.toString(index)).orElse("")));
    }

    /** A constant: {@code GP_KERNEL_MODE}. */
    String constant(String name) {
        return fields.computeIfAbsent(name + "!", key -> free(JavaNames.toJava(name).toUpperCase(Locale.ROOT)));
    }

    /** A counter's bit in mask words: {@code GP_0}. */
    String counter(String bank, int index) {
        return constant(bank + "_" + index);
    }

    /** What a programmable counter counts, taken out of its selector: {@code gp0Event}. */
    String event(String bank, int index) {
        return fields.computeIfAbsent("event of " + bank + " " + index, key -> free(camel(bank) + index + "Event"));
    }

    /** A method: {@code countGp}. */
    String method(String verb, String name) {
        return fields.computeIfAbsent(verb + " " + name, key -> free(verb + capitalized(camel(name))));
    }

    private String free(String wanted) {
        String name = JavaNames.toMethod(wanted);
        for (int again = 2; !used.add(name); again++) {
            name = wanted + "$" + again;
        }
        return name;
    }

    private static String capitalized(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** {@code IA32_PERF_GLOBAL_CTRL} as {@code ia32PerfGlobalCtrl}. */
    private static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String part : name.split("_")) {
            String lower = part.equals(part.toUpperCase(Locale.ROOT)) ? part.toLowerCase(Locale.ROOT) : part;
            if (!lower.isEmpty()) {
                camel.append(camel.length() == 0 ? Character.toLowerCase(lower.charAt(0)) + lower.substring(1) : capitalized(lower));
            }
        }
        return camel.length() == 0 || Character.isDigit(camel.charAt(0)) ? "_" + camel : camel.toString();
    }
}
