package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.pmu.Code;
import dev.vpmu.dsl.resolve.Numbers;

/** Writes event codes as the language does: {@code 0x0C:0x01}. */
final class CodeText {

    private CodeText() {
    }

    static String of(Code code) {
        return of(Numbers.of(code.getEvent()), Numbers.of(code.getUmask()));
    }

    static String of(long event, long umask) {
        return String.format("0x%02X:0x%02X", event, umask);
    }
}
