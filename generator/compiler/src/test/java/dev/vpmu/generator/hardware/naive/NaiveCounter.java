package dev.vpmu.generator.hardware.naive;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Clock;
import dev.vpmu.generator.hardware.naive.CpuSketch.ClockEvent;
import dev.vpmu.generator.hardware.naive.CpuSketch.Clocks;
import dev.vpmu.generator.hardware.naive.CpuSketch.Extra;
import dev.vpmu.generator.hardware.naive.CpuSketch.Field;
import dev.vpmu.generator.hardware.naive.CpuSketch.FixedEvent;
import dev.vpmu.generator.hardware.naive.CpuSketch.Register;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import dev.vpmu.generator.hardware.naive.CpuSketch.Role;
import dev.vpmu.generator.hardware.naive.NaiveRegisters.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A counter of a {@link NaivePmu}: where its bits are, and what it does in a cycle. */
final class NaiveCounter {

    private final CpuSketch cpu;
    private final NaiveRegisters registers;
    private final Bank bank;
    private final int index;
    private final Map<Role, List<Place>> control = new EnumMap<>(Role.class);
    private final List<Place> globalEnables;
    private final List<Place> overflows;
    private final Place value;

    /** Whether, in the cycle before, it counted with edge detection and its condition held. */
    private boolean high;

    /* What the registers and the step say for the cycles to come. */
    private boolean counts;
    private boolean edge;
    private boolean invert;
    private boolean equal;
    private boolean interrupts;
    private long threshold;
    private Clock clock;
    private NaiveStep.Pattern pattern;

    NaiveCounter(CpuSketch cpu, NaiveRegisters registers, Bank bank, int index) {
        this.cpu = cpu;
        this.registers = registers;
        this.bank = bank;
        this.index = index;
        for (Field field : controlFields()) {
            if ((field.onCounters() >>> globalIndex() & 1) == 1) {
                int element = field.bank().isPresent() ? 0 : index;
                control.computeIfAbsent(field.role(), role -> new ArrayList<>()).add(registers.place(field, element, index));
            }
        }
        globalEnables = bitsEach(RegisterRole.ENABLE, Role.ENABLE);
        overflows = bitsEach(RegisterRole.STATUS, Role.OVERFLOW);
        value = registers.place(cpu.registers().stream().filter(register -> register.role() == RegisterRole.VALUE && isOwn(register))
                .findFirst().orElseThrow().name(), index);
    }

    /** Of its own selector, or else of the arrays over its bank in a selector for many. */
    private List<Field> controlFields() {
        for (Register register : cpu.registers()) {
            if (register.role() == RegisterRole.SELECTOR && isOwn(register)) {
                return cpu.fields().stream().filter(field -> field.register().equals(register.name()) && field.bank().isEmpty()).toList();
            }
        }
        return cpu.fields().stream().filter(field -> field.bank().equals(Optional.of(bank.name()))
                && registers.register(field.register()).role() == RegisterRole.SELECTOR && registers.register(field.register()).bank().isEmpty()).toList();
    }

    private boolean isOwn(Register register) {
        return register.aliasOf().isEmpty() && register.bank().equals(Optional.of(bank.name())) && register.indexes().contains(index);
    }

    /** Its bits in all registers of a role. */
    private List<Place> bitsEach(RegisterRole of, Role role) {
        return cpu.fields().stream().filter(field -> field.role() == role && field.bank().equals(Optional.of(bank.name()))
                && registers.register(field.register()).role() == of).map(field -> registers.place(field, 0, index)).toList();
    }

    int globalIndex() {
        return bank.firstIndex().getAsInt() + index;
    }

    boolean is(String bankName, int counter) {
        return bank.name().equals(bankName) && index == counter;
    }

    long value() {
        return registers.get(value);
    }

    void reset() {
        high = false;
    }

    private long control(Role role) {
        return registers.number(control.getOrDefault(role, List.of()));
    }

    /** Whether the one bit of that role in its control is set. */
    boolean has(Role role) {
        return control(role) != 0;
    }

    boolean inUse() {
        return control.containsKey(Role.EVENT_CODE) ? has(Role.EVENT_CODE) : has(Role.USER_MODE) || has(Role.KERNEL_MODE);
    }

    /* ------------------------------------------------------------- counting */

    private boolean isEnabled() {
        boolean locally = control.containsKey(Role.ENABLE) ? has(Role.ENABLE) : has(Role.USER_MODE) || has(Role.KERNEL_MODE);
        return locally && globalEnables.stream().allMatch(place -> registers.get(place) == 1);
    }

    /** Looks at the registers and the step; nothing of this changes until a register does. */
    void look(NaiveStep step, boolean ofSibling, boolean frozen) {
        counts = isEnabled() && !frozen
                && has(step.ring() == 0 ? Role.KERNEL_MODE : Role.USER_MODE)
                && !(has(Role.IN_TRANSACTION) && step.transaction() == NaiveStep.Transaction.OUTSIDE)
                && !(has(Role.CHECKPOINTED) && step.transaction() == NaiveStep.Transaction.ABORTED)
                && !(ofSibling && !has(Role.ANY_THREAD));
        edge = has(Role.EDGE_DETECT);
        invert = has(Role.INVERT);
        equal = has(Role.EQUAL);
        interrupts = has(Role.INTERRUPT_ENABLE);
        threshold = control(Role.THRESHOLD);
        clock = null;
        pattern = null;
        if (control.containsKey(Role.EVENT_CODE)) {
            lookAtSelectedEvent(step, (int) control(Role.EVENT_CODE), (int) control(Role.UNIT_MASK));
        } else {
            lookAtFixedEvent(step);
        }
    }

    private void lookAtSelectedEvent(NaiveStep step, int code, int umask) {
        for (ClockEvent event : cpu.clockEvents()) {
            if (event.code() == code && event.umask() == umask) {
                clock = event.clock();
                return;
            }
        }
        pattern = step.pattern(new NaiveStep.Coded(code, umask, extra(code, umask)));
    }

    /** What the extra register of an event holds; 0 where it has none. */
    private long extra(int code, int umask) {
        for (Extra extra : cpu.extras()) {
            if (extra.code() == code && extra.umask() == umask && (extra.counters() >>> globalIndex() & 1) == 1) {
                return registers.word(extra.register(), 0);
            }
        }
        return 0;
    }

    private void lookAtFixedEvent(NaiveStep step) {
        for (FixedEvent fixed : cpu.fixedEvents()) {
            if (fixed.globalIndex() == globalIndex()) {
                clock = fixed.clock().orElse(null);
                pattern = step.pattern(fixed.event().<NaiveStep.Event>map(event -> new NaiveStep.Coded(event.code(), event.umask(), 0))
                        .orElse(new NaiveStep.OfCounter(globalIndex())));
                return;
            }
        }
        throw new IllegalStateException(cpu.name() + " does not say what counter " + globalIndex() + " counts");
    }

    /**
     * Counts one cycle.
     *
     * @param cycle its number in the step
     * @param now its number since reset
     * @return whether the counter asks for a PMI
     */
    boolean count(NaiveStep step, long cycle, long now) {
        if (!counts) {
            high = false;
            return false;
        }
        long n = clock != null ? ticks(now) : pattern.in(cycle, step.cycles());
        boolean holds = threshold == 0 ? n >= 1 : (equal ? n == threshold : n >= threshold) != invert;
        boolean rises = holds && !high;
        high = edge && holds;
        long added = edge ? one(rises) : threshold == 0 ? n : one(holds);
        return added != 0 && add(added);
    }

    private static long one(boolean condition) {
        return condition ? 1 : 0;
    }

    /** The ticks of its clock in core cycle {@code now}. */
    private long ticks(long now) {
        Clocks clocks = cpu.clocks();
        return (now + 1) * clocks.of(clock) / clocks.core() - now * clocks.of(clock) / clocks.core();
    }

    private boolean add(long added) {
        long sum = value() + added;
        long room = NaiveRegisters.mask(bank.width());
        registers.set(value, sum & room);
        boolean carry = Long.compareUnsigned(sum, room) > 0 || Long.compareUnsigned(sum, added) < 0;
        if (carry) {
            overflows.forEach(bit -> registers.set(bit, 1));
        }
        return carry && interrupts;
    }
}
