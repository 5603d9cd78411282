package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.FreezeModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.runtime.hardware.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the counters that the suite can use, from the model alone: what the hardware does has no say in what it is asked. */
public final class CountableCounters {

    private static final int CODES = 256;
    private static final int UMASKS = 16;

    private final CpuModel cpu;
    private final boolean smt;
    private final Globals globals;

    public CountableCounters(CpuModel cpu, boolean smt) {
        this.cpu = cpu;
        this.smt = smt;
        globals = new Globals(cpu, smt);
    }

    /** All of them, by global index; none if software cannot bring the PMU to rest first. */
    public List<TestedCounter> find() {
        List<TestedCounter> counters = new ArrayList<>();
        if (canRest()) {
            banks().forEach(bank -> indexes(bank).forEach(index -> find(bank, index).ifPresent(counters::add)));
        }
        counters.sort(Comparator.comparing(TestedCounter::globalIndex));
        return counters;
    }

    private List<BankModel> banks() {
        return cpu.banks().stream().filter(bank -> bank.firstIndex().isPresent()).toList();
    }

    private List<Integer> indexes(BankModel bank) {
        return smt ? bank.present() : bank.presentWithoutSmt();
    }

    /** Whether every counter can be stopped, no counter is frozen for ever, and no freeze is asked for that cannot be taken back. */
    private boolean canRest() {
        boolean stops = banks().stream().allMatch(bank -> indexes(bank).stream().allMatch(index ->
                Control.of(cpu, smt, bank, index).map(control -> control.word().clearable()).orElse(true)));
        boolean overflows = banks().stream().allMatch(bank -> indexes(bank).stream().allMatch(index -> parts(bank, index, RegisterRole.STATUS, FieldRole.OVERFLOW)
                .stream().allMatch(this::canRest)));
        return stops && overflows && globals.frozen().stream().allMatch(this::canRest)
                && cpu.freezes().stream().map((FreezeModel freeze) -> globals.flag(freeze)).allMatch(WordPart::clearable);
    }

    private boolean canRest(WordPart status) {
        return status.clearable() || globals.canClear(status);
    }

    private List<WordPart> parts(BankModel bank, int index, RegisterRole register, FieldRole role) {
        return globals.ofCounter(register, role, bank, index);
    }

    private Optional<TestedCounter> find(BankModel bank, int index) {
        Optional<Control> found = Control.of(cpu, smt, bank, index);
        List<WordPart> enables = parts(bank, index, RegisterRole.ENABLE, FieldRole.ENABLE);
        if (found.isEmpty() || !found.get().takes(FieldRole.KERNEL_MODE, 1) || !enables.stream().allMatch(WordPart::settable)
                || found.get().knows(FieldRole.ENABLE) && !found.get().takes(FieldRole.ENABLE, 1)) {
            return Optional.empty();
        }
        Control control = found.get();
        List<WordPart> overflows = parts(bank, index, RegisterRole.STATUS, FieldRole.OVERFLOW);
        List<RegisterModel> values = values(bank, index);
        TestedCounter unnamed = new TestedCounter(bank, index, control, 0, 0, OptionalLong.empty(), Optional.empty(), enables, overflows, values);
        if (!unnamed.takes(0) || !unnamed.takes(unnamed.mask())) {
            return Optional.empty();
        }
        return control.knows(FieldRole.EVENT_CODE) ? programmable(unnamed) : fixed(unnamed);
    }

    private List<RegisterModel> values(BankModel bank, int index) {
        RegisterModel value = globals.registers(RegisterRole.VALUE).stream().filter(register -> register.bank().equals(Optional.of(bank.name()))
                && register.indexes().contains(index)).findFirst().orElseThrow();
        List<RegisterModel> values = new ArrayList<>(List.of(value));
        cpu.registers().stream().filter(register -> register.aliasOf().equals(Optional.of(value.name())) && register.indexes().contains(index))
                .forEach(values::add);
        return values;
    }

    /** With the first event that is no clock and needs no extra register. */
    private Optional<TestedCounter> programmable(TestedCounter counter) {
        Control control = counter.control();
        for (int code = 1; code < CODES; code++) {
            for (int umask = 0; umask < UMASKS; umask++) {
                if (control.takes(FieldRole.EVENT_CODE, code) && (umask == 0 || control.takes(FieldRole.UNIT_MASK, umask)) && isPlain(code, umask)) {
                    return with(counter, code, umask, OptionalLong.of(Step.event(code, umask)), Optional.empty());
                }
            }
        }
        return Optional.empty();
    }

    boolean isPlain(int code, int umask) {
        return cpu.clockEvents().stream().noneMatch(event -> event.code() == code && event.umask() == umask)
                && cpu.extras().stream().flatMap(extra -> extra.rows().stream()).noneMatch(row -> row.code() == code && row.umask() == umask);
    }

    private Optional<TestedCounter> fixed(TestedCounter counter) {
        CountedEvent event = cpu.fixedEvents().stream().filter(row -> row.globalIndex() == counter.globalIndex()).findFirst().orElseThrow().event();
        if (event instanceof CountedEvent.Ticks ticks) {
            return with(counter, 0, 0, OptionalLong.empty(), Optional.of(ticks.clock()));
        }
        return with(counter, 0, 0, OptionalLong.of(event instanceof CountedEvent.Occurrences occurrences
                ? Step.event(occurrences.code(), occurrences.umask()) : Step.eventOfCounter(counter.globalIndex())), Optional.empty());
    }

    /** Whether a clock ticks once in each cycle of the core. */
    boolean isSteady(Clock clock) {
        return cpu.clocks().map(clocks -> clocks.megahertz(clock) == clocks.megahertz(Clock.CORE)).orElse(true);
    }

    private static Optional<TestedCounter> with(TestedCounter counter, int code, int umask, OptionalLong occurrence, Optional<Clock> clock) {
        return Optional.of(new TestedCounter(counter.bank(), counter.index(), counter.control(), code, umask, occurrence, clock, counter.enables(),
                counter.overflows(), counter.values()));
    }
}
