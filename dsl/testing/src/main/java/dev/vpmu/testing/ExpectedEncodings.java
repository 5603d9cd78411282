package dev.vpmu.testing;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.ExtraValue;
import dev.vpmu.dsl.model.IndexText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.AssertionFailureBuilder;

/**
 * Expects encodings of events, one a line:
 *
 * <pre>
 * INST_RETIRED.ANY        fixed[0]
 * INST_RETIRED.PREC_DIST  0x1C0 on gp[1]
 * OFFCORE_RESPONSE.X      0x1B7 on gp with MSR_OFFCORE_RSP_0 0x10001
 * </pre>
 *
 * The number is the selector's bits: event code, unit mask and modifiers in their places.
 */
public final class ExpectedEncodings {

    private ExpectedEncodings() {
    }

    /** Compares the named events of the cpu with the lines; fails with both when they differ. */
    public static void of(CpuModel cpu, String lines) {
        TreeMap<String, EventModel> events = new TreeMap<>();
        cpu.events().forEach(event -> events.put(event.name(), event));
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (String line : lines.lines().map(String::strip).filter(text -> !text.isEmpty()).toList()) {
            String[] nameAndRest = line.split(" +", 2);
            EventModel event = events.get(nameAndRest[0]);
            expected.add(nameAndRest[0] + " " + nameAndRest[1]);
            actual.add(nameAndRest[0] + " " + (event == null ? "is no event of " + cpu.name() : text(cpu, event)));
        }
        if (!expected.equals(actual)) {
            AssertionFailureBuilder.assertionFailure().message("encodings on " + cpu.name() + " differ")
                    .expected(String.join("\n", expected)).actual(String.join("\n", actual)).buildAndThrow();
        }
    }

    /** How an event is asked for, in the form of the lines. */
    public static String text(CpuModel cpu, EventModel event) {
        String extra = event.extra().map(ExpectedEncodings::extra).orElse("");
        if (event.encoding() instanceof EventEncoding.Programmable word) {
            return hex(word.selector()) + " on " + counters(cpu, event.counters()) + extra;
        } else if (event.encoding() instanceof EventEncoding.Fixed fixed) {
            return counters(cpu, event.counters()) + (fixed.control() == 0 ? "" : " control " + hex(fixed.control()));
        }
        EventEncoding.Metric metric = (EventEncoding.Metric) event.encoding();
        return metric.register() + " [" + (metric.low() + metric.width() - 1) + ":" + metric.low() + "]";
    }

    private static String extra(ExtraValue extra) {
        return " with " + extra.register() + " " + hex(extra.value());
    }

    private static String counters(CpuModel cpu, long mask) {
        List<String> parts = new ArrayList<>();
        for (BankModel bank : cpu.banks()) {
            List<Integer> named = bank.indexes().stream().filter(index -> bank.firstIndex().isPresent()
                    && (mask >>> bank.firstIndex().getAsInt() + index & 1) != 0).toList();
            if (!named.isEmpty()) {
                parts.add(bank.name() + (named.size() == bank.indexes().size() ? "" : "[" + IndexText.of(named) + "]"));
            }
        }
        return parts.isEmpty() ? "no counter" : String.join(" or ", parts);
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number).toUpperCase(Locale.ROOT);
    }
}
