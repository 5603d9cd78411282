package dev.vpmu.dsl.rules.cpuid;

import dev.vpmu.dsl.pmu.CpuidField;
import dev.vpmu.dsl.resolve.Numbers;

/** The bits of a row of a leaf, whichever way its range is written. */
final class CpuidBits {

    private CpuidBits() {
    }

    static int low(CpuidField field) {
        return Math.min(Numbers.low(field.getRange()), Numbers.high(field.getRange()));
    }

    static int high(CpuidField field) {
        return Math.max(Numbers.low(field.getRange()), Numbers.high(field.getRange()));
    }

    static int width(CpuidField field) {
        return high(field) - low(field) + 1;
    }
}
