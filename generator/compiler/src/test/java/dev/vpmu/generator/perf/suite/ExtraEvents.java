package dev.vpmu.generator.perf.suite;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.generator.hardware.suite.Control;
import dev.vpmu.generator.hardware.suite.TestedCounter;
import dev.vpmu.generator.hardware.suite.WordPart;
import java.util.ArrayList;
import java.util.List;

/** Events that need a value in a register of their own, and what can stand in for them. */
final class ExtraEvents {

    private final CpuModel cpu;
    private final List<TestedCounter> general;
    private final Rows rows;

    /**
     * The events of a CPU.
     *
     * @param general its counters with selectors
     */
    ExtraEvents(CpuModel cpu, List<TestedCounter> general, Rows rows) {
        this.cpu = cpu;
        this.general = general;
        this.rows = rows;
    }

    /** Whether the event of a code and unit mask is one of them. */
    boolean contain(int code, int umask) {
        return cpu.extras().stream().flatMap(extra -> extra.rows().stream()).anyMatch(row -> isOf(row, code, umask));
    }

    private static boolean isOf(ExtraRow row, int code, int umask) {
        return row.code() == code && row.umask() == umask;
    }

    /**
     * An event that needs a value of 1, 2 or 3 in a register of its own.
     *
     * @param allowed the counters that can hold it under its row
     */
    record NeedsExtra(ExtraModel extra, ExtraRow row, long config, long allowed) {
    }

    /** Those whose register takes the values. */
    List<NeedsExtra> all() {
        List<NeedsExtra> found = new ArrayList<>();
        for (ExtraModel extra : cpu.extras()) {
            for (ExtraRow row : extra.rows()) {
                boolean isKnown = general.stream().allMatch(counter -> counter.control().takes(FieldRole.EVENT_CODE, row.code())
                        && counter.control().takes(FieldRole.UNIT_MASK, row.umask()));
                if (isKnown && takesSmallValues(row) && found.stream().noneMatch(other -> isOf(other.row(), row.code(), row.umask()))) {
                    Control control = general.get(0).control();
                    long config = control.in(FieldRole.EVENT_CODE, row.code()) | control.in(FieldRole.UNIT_MASK, row.umask());
                    long allowed = rows.allowed(row.code(), row.umask(), config, config) & row.counters()
                            & general.stream().mapToLong(counter -> 1L << counter.globalIndex()).sum();
                    found.add(new NeedsExtra(extra, row, config, allowed));
                }
            }
        }
        return found.stream().filter(event -> event.allowed() != 0).toList();
    }

    private boolean takesSmallValues(ExtraRow row) {
        RegisterModel register = cpu.register(row.register()).orElseThrow();
        return (row.validBits() & 3) == 3 && new WordPart(register, 0, true, 3).settable();
    }

    /** The same through other registers. */
    List<NeedsExtra> insteadOf(NeedsExtra event) {
        return all().stream().filter(other -> event.extra().interchangeable() && other.extra().equals(event.extra())
                && !other.row().register().equals(event.row().register())).toList();
    }
}
