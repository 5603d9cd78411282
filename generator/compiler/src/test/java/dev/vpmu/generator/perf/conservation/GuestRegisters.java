package dev.vpmu.generator.perf.conservation;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.ReadRule;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.generator.hardware.suite.CountableCounters;
import dev.vpmu.generator.hardware.suite.Globals;
import dev.vpmu.generator.hardware.suite.TestedCounter;
import dev.vpmu.generator.hardware.suite.WordPart;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The registers of a CPU by which a guest, or its hypervisor, uses a counter: from the CPU's model, and not through perf. */
final class GuestRegisters {

    private final Globals globals;
    private final Map<Integer, TestedCounter> counters = new TreeMap<>();
    private final EventWord word;
    private final long countable;

    GuestRegisters(CpuModel cpu, EventWord word, boolean smt) {
        this.word = word;
        this.globals = new Globals(cpu, smt);
        List<TestedCounter> found = new CountableCounters(cpu, smt).find();
        this.countable = found.stream().mapToLong(counter -> 1L << counter.globalIndex()).sum();
        found.stream().filter(this::isUsable).forEach(counter -> counters.put(counter.globalIndex(), counter));
    }

    /** Whether a guest can use a counter: enabled by a register for many, which can be read, and seen to overflow. */
    private boolean isUsable(TestedCounter counter) {
        boolean isTold = counter.has(FieldRole.USER_MODE) && counter.has(FieldRole.KERNEL_MODE) && counter.has(FieldRole.INTERRUPT_ENABLE);
        boolean isReadable = counter.control().word().register().read() instanceof ReadRule.Stored && counter.values().get(0).read() instanceof ReadRule.Stored
                && counter.enables().stream().allMatch(part -> part.register().read() instanceof ReadRule.Stored)
                && counter.overflows().stream().allMatch(part -> part.register().read() instanceof ReadRule.Stored);
        boolean isSeen = !counter.overflows().isEmpty() && counter.overflows().stream().allMatch(globals::canClear);
        return isTold && isReadable && isSeen && !counter.enables().isEmpty();
    }

    /** The counters that a guest can use, a global mask. */
    long usable() {
        return counters.keySet().stream().mapToLong(counter -> 1L << counter).sum();
    }

    /** The counters that software can make count, a global mask. */
    long countable() {
        return countable;
    }

    boolean isProgrammable(int counter) {
        return counters.get(counter).isProgrammable();
    }

    /** The highest value of a counter. */
    long highest(int counter) {
        return counters.get(counter).mask();
    }

    /** Whether a write can give a counter a value. */
    boolean takes(int counter, long value) {
        return counters.get(counter).writing(value).isPresent();
    }

    /** Writes a counter. */
    void write(PmuRegisters registers, int counter, long value) {
        TestedCounter tested = counters.get(counter);
        registers.wrmsr((int) tested.writing(value).orElseThrow().addressOf(tested.index()), value);
    }

    long read(PmuRegisters registers, int counter) {
        return registers.rdmsr(counters.get(counter).address());
    }

    /** Has a counter count what a guest wants; in no mode at all, with null. */
    void control(PmuRegisters registers, int counter, GuestProgram program) {
        TestedCounter tested = counters.get(counter);
        WordPart control = tested.control().word();
        long bits = 0;
        if (program != null) {
            bits |= tested.isProgrammable() ? asked(program.what()) : 0;
            bits |= bit(tested, FieldRole.USER_MODE, program.user()) | bit(tested, FieldRole.KERNEL_MODE, program.kernel())
                    | bit(tested, FieldRole.INTERRUPT_ENABLE, program.interrupts());
            bits |= tested.control().knows(FieldRole.ENABLE) ? bit(tested, FieldRole.ENABLE, true) : 0;
        }
        boolean isShared = control.register().bank().isEmpty();
        registers.wrmsr(control.address(), isShared ? registers.rdmsr(control.address()) & ~control.mask() | bits : bits);
    }

    private static long bit(TestedCounter counter, FieldRole role, boolean set) {
        return set ? counter.control().in(role, 1) : 0;
    }

    /** What a guest's selector is told of an event: its code and unit mask, without modifiers. */
    long asked(Askable what) {
        return word.event(word.code(what.attributes().config()), word.umask(what.attributes().config()));
    }

    /** Whether a counter's selector can ask for an event. */
    boolean canAsk(int counter, Askable what) {
        long config = what.attributes().config();
        return what.attributes().onlyCounter() < 0 && counters.get(counter).control().takes(FieldRole.EVENT_CODE, word.code(config))
                && (word.umask(config) == 0 || counters.get(counter).control().takes(FieldRole.UNIT_MASK, word.umask(config)));
    }

    /* ------------------------------------------------------------- of all counters */

    /** The values of the registers that enable counters, by address. */
    Map<Integer, Long> enables(PmuRegisters registers) {
        Map<Integer, Long> values = new TreeMap<>();
        counters.values().forEach(counter -> counter.enables().forEach(part -> values.computeIfAbsent(part.address(), registers::rdmsr)));
        return values;
    }

    /** Has the registers that enable counters let those of a mask run, and of the host's those that {@code host} says. */
    void enable(PmuRegisters registers, Map<Integer, Long> host, boolean withHost, long mask) {
        host.forEach((address, value) -> {
            long guests = counters.values().stream().filter(counter -> (mask >>> counter.globalIndex() & 1) != 0).flatMap(counter -> counter.enables().stream())
                    .filter(part -> part.address() == address).mapToLong(WordPart::mask).reduce(0, (a, b) -> a | b);
            registers.wrmsr(address, withHost ? value | guests : guests);
        });
    }

    /** Has the registers that enable counters be what they were. */
    void restore(PmuRegisters registers, Map<Integer, Long> values) {
        values.forEach(registers::wrmsr);
    }

    /** Whether a counter can run as things are. */
    boolean isEnabled(PmuRegisters registers, int counter) {
        return counters.get(counter).enables().stream().allMatch(part -> (registers.rdmsr(part.address()) & part.mask()) != 0);
    }

    /** Whether the status says that a counter overflowed. */
    boolean overflowed(PmuRegisters registers, int counter) {
        return counters.get(counter).overflows().stream().anyMatch(part -> (registers.rdmsr(part.address()) & part.mask()) != 0);
    }

    /** Has the status say nothing of a counter. */
    void clear(PmuRegisters registers, int counter) {
        for (WordPart part : counters.get(counter).overflows()) {
            Optional<RegisterModel> clearing = globals.changing(part, false);
            if (clearing.isPresent()) {
                registers.wrmsr((int) clearing.get().addressOf(0), part.mask());
            } else {
                registers.wrmsr(part.address(), registers.rdmsr(part.address()) & ~part.mask());
            }
        }
    }
}
