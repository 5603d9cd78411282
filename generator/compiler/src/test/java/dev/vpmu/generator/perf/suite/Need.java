package dev.vpmu.generator.perf.suite;

import dev.vpmu.dsl.model.Acknowledge;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.FreezeModel;
import dev.vpmu.dsl.model.FreezeSubject;
import dev.vpmu.dsl.model.PeriodModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.generator.hardware.suite.TestedCounter;
import dev.vpmu.generator.hardware.suite.WordPart;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** What a test may need of a CPU; decided by the model, never by what perf or the hardware does. */
enum Need {
    BROADWELL(cpu -> cpu.model().name().equals("BroadwellEP")),
    /** Events that a row leaves one general counter. */
    SINGLE(cpu -> !cpu.asked().single().isEmpty()),
    /** Events that a row leaves some of the general counters. */
    NARROW(cpu -> !cpu.asked().narrow().isEmpty()),
    FIXED(cpu -> !cpu.fixed().isEmpty()),
    /** Events that fixed and general counters can hold. */
    BOTH(cpu -> !cpu.asked().both().isEmpty()),
    THRESHOLD(cpu -> cpu.general().stream().allMatch(counter -> counter.control().takes(FieldRole.THRESHOLD, 1))),
    /** Rows whose counters overlap such that a first choice can be wrong. */
    OVERLAPPING(cpu -> !cpu.asked().overlaps().isEmpty()),
    /** Events that disturb the sibling thread. */
    EXCLUSIVE(cpu -> !cpu.asked().exclusive().isEmpty()),
    NOT_EXCLUSIVE(cpu -> cpu.asked().exclusive().isEmpty()),
    PAIRED(cpu -> !cpu.asked().paired().isEmpty()),
    PERIODS(cpu -> !cpu.asked().periodic().isEmpty()),
    /** Events that need a value in a register of their own. */
    EXTRAS(cpu -> !cpu.asked().extras().all().isEmpty()),
    /** Some of these registers are the core's. */
    SHARED_EXTRAS(cpu -> cpu.asked().extras().all().stream().anyMatch(event -> event.extra().domain() != Domain.THREAD)),
    PRECISE(cpu -> isPrecise(cpu)),
    NOT_PRECISE(cpu -> cpu.model().preciseRecords().isEmpty()),
    PRECISE_PERIODS(cpu -> isPrecise(cpu) && precisePeriod(cpu).isPresent()),
    CHECKPOINTED(cpu -> cpu.asked().modified(FieldRole.CHECKPOINTED).isPresent()),
    /** An event with perf's role of cycles. */
    CYCLES(cpu -> cpu.asked().cycles().isPresent()),
    NO_CYCLES(cpu -> !cpu.asked().haveCycles()),
    /** The event of cycles can be on a fixed counter and on general ones. */
    CYCLES_ON_BOTH(cpu -> cpu.asked().cycles().isPresent() && cyclesCounter(cpu).isPresent() && Long.bitCount(cpu.asked().cycles().getAsLong()) > 1),
    /** Registers that enable all counters. */
    GLOBAL_ENABLES(cpu -> cpu.counters().stream().noneMatch(counter -> counter.enables().isEmpty())),
    MASKS_ITSELF(cpu -> cpu.model().interrupt().orElseThrow().masksItself()),
    ACKNOWLEDGED_EARLY(cpu -> cpu.model().interrupt().orElseThrow().acknowledged() == Acknowledge.EARLY),
    ACKNOWLEDGED_LATE(cpu -> cpu.model().interrupt().orElseThrow().acknowledged() == Acknowledge.LATE),
    /** A PMI can stop all counters, by a status bit or by clearing what enables them. */
    FREEZES(cpu -> !freezes(cpu).isEmpty());

    private final Predicate<PerfCpu> met;

    Need(Predicate<PerfCpu> met) {
        this.met = met;
    }

    boolean isMetBy(PerfCpu cpu) {
        return met.test(cpu);
    }

    /** The fixed counter that can hold the event of cycles. */
    static OptionalInt cyclesCounter(PerfCpu cpu) {
        long allowed = cpu.asked().cycles().orElseThrow();
        return cpu.fixed().stream().mapToInt(TestedCounter::globalIndex).filter(counter -> (allowed >>> counter & 1) != 0).findFirst();
    }

    /** Some general counters write precise records, and a register says which of them do. */
    private static boolean isPrecise(PerfCpu cpu) {
        return cpu.model().preciseRecords().isPresent() && cpu.globals().registers(RegisterRole.PRECISE_ENABLE).size() == 1
                && cpu.general().stream().anyMatch(counter -> (cpu.model().preciseRecords().get().counters() >>> counter.globalIndex() & 1) != 0);
    }

    /** A row of smallest periods for all events of a precision. */
    static Optional<PeriodModel> precisePeriod(PerfCpu cpu) {
        return cpu.model().periods().stream().filter(row -> row.pattern().preciseLevel() > 0 && row.pattern().codeLow() == 0
                && row.pattern().codeHigh() == Integer.MAX_VALUE).findFirst();
    }

    /** The freezes of counters that software can ask for, and whose effect perf can take back. */
    static List<FreezeModel> freezes(PerfCpu cpu) {
        return cpu.model().freezes().stream().filter(freeze -> freeze.subject() == FreezeSubject.COUNTERS && cpu.globals().flag(freeze).settable()
                && stopsCounters(cpu, freeze)).toList();
    }

    private static boolean stopsCounters(PerfCpu cpu, FreezeModel freeze) {
        WordPart changed = cpu.globals().changed(freeze);
        if (freeze.sets()) {
            return cpu.globals().frozen().contains(changed) && cpu.globals().canClear(changed);
        }
        return changed.register().role() == RegisterRole.ENABLE && cpu.counters().stream().allMatch(counter ->
                counter.enables().stream().anyMatch(part -> part.register().equals(changed.register()) && (part.mask() & ~changed.mask()) == 0));
    }
}
