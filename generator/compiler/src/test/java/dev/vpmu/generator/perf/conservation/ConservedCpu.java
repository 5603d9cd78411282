package dev.vpmu.generator.perf.conservation;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.WriteRule;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfSystem;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** A CPU in a state of SMT, and how much work its counters can bear between a PMI's being due and its being there. */
final class ConservedCpu {

    private static final long LONGEST_STEP = 1_500_000;
    private static final long LONGEST_SKID = 90;
    private static final long PMIS_IN_A_STEP = 100;

    private final String name;
    private final CpuModel model;
    private final Cpu door;
    private final boolean smt;
    private final EventWord word;
    private final Rules rules;
    private final GuestRegisters guestRegisters;
    private final long shortest;
    private final long reservable;
    private final boolean usable;
    private final boolean precise;
    private final Optional<EventAttributes> cycles;

    ConservedCpu(String name, CpuModel model, Cpu door, boolean smt) {
        this.name = name;
        this.model = model;
        this.door = door;
        this.smt = smt;
        this.word = EventWord.of(model).orElseThrow();
        this.rules = new Rules(model, word, smt);
        this.guestRegisters = new GuestRegisters(model, word, smt);
        this.shortest = model.registers().stream().filter(register -> register.role() == RegisterRole.VALUE && register.aliasOf().isEmpty())
                .mapToLong(this::longestPeriod).filter(period -> period > 1).min().orElse(0);
        PerfCore perf = perf(new PerfSystem(), hardware(), () -> 0);
        this.reservable = perf.geometry().reservable() & guestRegisters.usable();
        this.usable = perf.geometry().counters() != 0 && (perf.geometry().counters() & ~guestRegisters.countable()) == 0 && !isFrozen();
        this.precise = perf.geometry().precise() != 0;
        this.cycles = watchdog(perf).filter(attributes -> attributes.onlyCounter() < 0 && rules.source(attributes.config(), 0).filter(rules.ticks(Clock.CORE)::equals).isPresent());
    }

    private static Optional<EventAttributes> watchdog(PerfCore perf) {
        try {
            return Optional.of(perf.watchdog(true).attributes());
        } catch (IllegalStateException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Half the range that writes can give a counter. */
    private long longestPeriod(RegisterModel value) {
        int width = model.bank(value.bank().orElseThrow()).orElseThrow().width();
        int bits = Stream.concat(Stream.of(value), model.registers().stream().filter(other -> other.aliasOf().equals(Optional.of(value.name())))).mapToInt(register -> {
            WriteRule rule = register.write();
            return rule instanceof WriteRule.SignExtend extend ? Math.min(width, extend.bits())
                    : rule instanceof WriteRule.Truncate || rule instanceof WriteRule.FaultBeyondWidth ? width : 0;
        }).max().orElse(0);
        return Bits.mask(0, bits - 1);
    }

    /** Whether counters are frozen after reset, or are as soon as a PMI is raised, which loses what occurs until it is there. */
    private boolean isFrozen() {
        return model.freezes().stream().anyMatch(freeze -> (model.register(freeze.flagRegister()).orElseThrow().resetValue() & freeze.flagMask()) != 0) || model.registers().stream().filter(register -> register.role() == RegisterRole.STATUS).anyMatch(register -> model.layout(register.layout().orElseThrow()).orElseThrow()
                .fields(FieldRole.COUNTERS_FROZEN).stream().anyMatch(field -> (register.resetValue() & field.maskOf(0)) != 0));
    }

    /** Whether it can take part: its PMIs are delivered, its counters count after reset, and hold more than a cycle's occurrences. */
    boolean isSuitable() {
        return usable && model.interrupt().isPresent() && shortest >= 2 * Play.MOST_A_CYCLE;
    }

    CpuModel model() {
        return model;
    }

    boolean smt() {
        return smt;
    }

    EventWord word() {
        return word;
    }

    Rules rules() {
        return rules;
    }

    GuestRegisters guestRegisters() {
        return guestRegisters;
    }

    /** The counters that a guest can have, a global mask. */
    long reservable() {
        return reservable;
    }

    PmuHardware hardware() {
        return door.hardware(smt);
    }

    PerfCore perf(PerfSystem system, PmuHardware hardware, LongSupplier nanos) {
        return door.perf(system, hardware, hardware, nanos, smt);
    }

    /** How the watchdog asks for cycles; empty if the CPU has no such event. */
    Optional<EventAttributes> cycles() {
        return cycles;
    }

    /** Whether it writes precise records. */
    boolean isPrecise() {
        return precise;
    }

    /* ------------------------------------------------------------- how much it bears */

    /** The longest step in cycles: one that has a bearable number of PMIs. */
    long longestStep() {
        return Math.min(LONGEST_STEP, Math.multiplyHigh(shortest, PMIS_IN_A_STEP) != 0 ? LONGEST_STEP : shortest * PMIS_IN_A_STEP);
    }

    /** The longest skid in cycles: no counter wraps twice meanwhile. */
    long longestSkid() {
        return Math.min(LONGEST_SKID, shortest / (2 * Play.MOST_A_CYCLE) - 1);
    }

    /** Whether no counter of an event wraps twice while a PMI is on its way. */
    boolean isBearable(Askable what) {
        return what.kind().most(Play.MOST_A_CYCLE) * (longestSkid() + 1) <= shortest / 2;
    }

    /** Whether two of it can be threads of one core: what they share is looked after by perf, extra registers alone. */
    boolean canBeSiblings() {
        return smt && model.registers().stream().allMatch(register -> register.domain() == Domain.THREAD || register.role() == RegisterRole.EXTRA);
    }

    /** Whether events can be limited to transactions. */
    boolean hasTransactions() {
        return word.has(FieldRole.IN_TRANSACTION);
    }

    @Override
    public String toString() {
        return name;
    }
}
