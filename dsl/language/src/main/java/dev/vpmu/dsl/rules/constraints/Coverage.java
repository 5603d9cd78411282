package dev.vpmu.dsl.rules.constraints;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.resolve.FlatPmu;
import java.util.Comparator;
import java.util.List;

/** Whether the events of one pattern are among those of others. What it cannot tell, it denies. */
final class Coverage {

    private Coverage() {
    }

    /** The highest event code that the pmu's selectors can hold. */
    static int highestCode(FlatPmu pmu) {
        int width = pmu.selectorLayout().map(layout -> layout.roleWidth(FieldRole.EVENT_CODE)).orElse(0);
        return width == 0 ? Integer.MAX_VALUE : (int) Bits.mask(0, Math.min(31, width));
    }

    /** Whether one of the patterns, or several that share its codes among them, match all that {@code pattern} does. */
    static boolean of(EventPattern pattern, List<EventPattern> others, int highestCode) {
        List<EventPattern> byCode = others.stream().filter(other -> otherThanCode(pattern, other))
                .sorted(Comparator.comparingInt(EventPattern::codeLow)).toList();
        long next = pattern.codeLow();
        for (EventPattern other : byCode) {
            if (other.codeLow() <= next) {
                next = Math.max(next, other.codeHigh() + 1L);
            }
        }
        return next > Math.max(pattern.codeLow(), Math.min(pattern.codeHigh(), highestCode)) && pattern.codeLow() <= pattern.codeHigh();
    }

    /** Whether {@code other} asks for nothing, the event code aside, that {@code pattern} does not ask for. */
    private static boolean otherThanCode(EventPattern pattern, EventPattern other) {
        return isPart(other.umaskMask(), other.umaskValue(), pattern.umaskMask(), pattern.umaskValue())
                && isPart(other.selectorMask(), other.selectorValue(), pattern.selectorMask(), pattern.selectorValue())
                && other.umaskAny().stream().allMatch(any -> (pattern.umaskValue() & any) != 0
                        || pattern.umaskAny().stream().anyMatch(own -> (own & ~any) == 0))
                && (!other.umaskSeveral() || pattern.umaskSeveral() || Integer.bitCount(pattern.umaskValue()) > 1)
                && (other.preciseLevel() == 0 || other.preciseLevel() == pattern.preciseLevel());
    }

    private static boolean isPart(long mask, long value, long ownMask, long ownValue) {
        return (mask & ~ownMask) == 0 && (ownValue & mask) == value;
    }
}
