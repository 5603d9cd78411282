package dev.vpmu.generator.perf.suite;

import dev.vpmu.dsl.model.ConstraintModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.PeriodModel;
import java.util.Optional;

/** A CPU's rows, read one by one: which counters can hold an event, and how small its period can be. (domain.md §3.1.) */
final class Rows {

    private final CpuModel cpu;
    private final long unconstrained;

    /**
     * A CPU's rows.
     *
     * @param unconstrained the counters of what no row is about
     */
    Rows(CpuModel cpu, long unconstrained) {
        this.cpu = cpu;
        this.unconstrained = unconstrained;
    }

    /** The first row that matches and does not only narrow what others say. */
    Optional<ConstraintModel> deciding(int code, int umask, long eventBits, long config) {
        for (ConstraintModel row : cpu.constraints()) {
            if (!row.within() && (!row.plain() || config == eventBits) && matches(row.pattern(), code, umask, config)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /**
     * The counters that can hold what a selector asks for.
     *
     * @param eventBits the bits of the code and the unit mask alone
     * @param config those and the modifiers
     */
    long allowed(int code, int umask, long eventBits, long config) {
        long allowed = deciding(code, umask, eventBits, config).map(ConstraintModel::counters).orElse(unconstrained);
        for (ConstraintModel row : cpu.constraints()) {
            if (row.within() && matches(row.pattern(), code, umask, config)) {
                allowed &= row.counters();
            }
        }
        return allowed;
    }

    /** The first row that matches. */
    Optional<PeriodModel> period(int code, int umask, long config) {
        return cpu.periods().stream().filter(row -> matches(row.pattern(), code, umask, config)).findFirst();
    }

    private static boolean matches(EventPattern pattern, int code, int umask, long config) {
        boolean hasAll = true;
        for (int any : pattern.umaskAny()) {
            hasAll &= (umask & any) != 0;
        }
        return pattern.preciseLevel() == 0 && code >= pattern.codeLow() && code <= pattern.codeHigh() && (umask & pattern.umaskMask()) == pattern.umaskValue()
                && hasAll && (!pattern.umaskSeveral() || (umask & umask - 1) != 0) && (config & pattern.selectorMask()) == pattern.selectorValue();
    }
}
