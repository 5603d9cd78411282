package dev.vpmu.generator.hardware.naive;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Bits;
import dev.vpmu.generator.hardware.naive.CpuSketch.Freeze;
import dev.vpmu.generator.hardware.naive.CpuSketch.Interrupt;
import dev.vpmu.generator.hardware.naive.CpuSketch.Rdpmc;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import dev.vpmu.generator.hardware.naive.CpuSketch.Role;
import dev.vpmu.generator.hardware.naive.NaiveRegisters.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * A PMU as the specification says it, cycle by cycle and without any shortcut: what quicker implementations are compared with. It
 * shares no class with them.
 */
public final class NaivePmu {

    private static final int LVTPC_MASKED = 1 << 16;
    private static final int LVTPC_WRITABLE = LVTPC_MASKED | 0x7FF;
    private static final long NONE = -1;

    private final CpuSketch cpu;
    private final NaiveRegisters registers;
    private final List<NaiveCounter> counters = new ArrayList<>();
    private final List<Place> frozen;
    private final NaiveUsage usage;

    private long skid;
    private int lvtpc;
    /** In how many cycles an accepted PMI is there. */
    private long due;
    private boolean pending;
    private int cpl;
    private boolean pce;
    private boolean pe;
    /** The core cycles since reset. */
    private long now;

    /** A PMU after reset. */
    public NaivePmu(CpuSketch cpu, boolean smt) {
        this.cpu = cpu;
        registers = new NaiveRegisters(cpu, smt);
        for (Bank bank : cpu.banks()) {
            if (bank.firstIndex().isPresent()) {
                bank.indexes(smt).forEach(index -> counters.add(new NaiveCounter(cpu, registers, bank, index)));
            }
        }
        frozen = cpu.fields().stream().filter(field -> field.role() == Role.COUNTERS_FROZEN
                && registers.register(field.register()).role() == RegisterRole.STATUS).map(field -> registers.place(field, 0, 0)).toList();
        usage = new NaiveUsage(cpu, registers, counters);
        reset();
    }

    /** Makes two threads of one core siblings; what they share has the first one's values. */
    public static void pair(NaivePmu first, NaivePmu second) {
        second.registers.shareWith(first.registers);
    }

    /** Power-on; the skid and the sibling stay. */
    public void reset() {
        registers.reset();
        counters.forEach(NaiveCounter::reset);
        lvtpc = LVTPC_MASKED;
        due = NONE;
        pending = false;
        cpl = 0;
        pce = false;
        pe = false;
        now = 0;
    }

    /** The privilege level, CR4.PCE and CR0.PE. */
    public void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe) {
        cpl = currentPrivilegeLevel;
        pce = cr4Pce;
        pe = cr0Pe;
    }

    /* ------------------------------------------------------------- registers */

    public long rdmsr(int address) throws NaiveFault {
        return registers.read(address, usage);
    }

    public void wrmsr(int address, long value) throws NaiveFault {
        registers.write(address, value);
    }

    public long rdpmc(int ecx) throws NaiveFault {
        if (cpu.rdpmc().isEmpty() || pe && cpl != 0 && !pce) {
            throw registers.fault();
        }
        Rdpmc fields = cpu.rdpmc().get();
        long known = fields.index().mask() | fields.type().map(Bits::mask).orElse(0L);
        if ((Integer.toUnsignedLong(ecx) & ~known) != 0) {
            throw registers.fault();
        }
        long index = fields.index().of(ecx);
        if (fields.type().isEmpty()) {
            for (NaiveCounter counter : counters) {
                if (counter.globalIndex() == index) {
                    return read(counter);
                }
            }
            throw registers.fault();
        }
        long type = fields.type().get().of(ecx);
        for (Bank bank : cpu.banks()) {
            if (bank.firstIndex().isPresent() && bank.rdpmcType().isPresent() && Integer.toUnsignedLong(bank.rdpmcType().getAsInt()) == type) {
                return read(counter(bank, index));
            }
        }
        return registers.ofType(type, index);
    }

    private NaiveCounter counter(Bank bank, long index) throws NaiveFault {
        for (NaiveCounter counter : counters) {
            if (counter.is(bank.name(), (int) Math.min(index, Integer.MAX_VALUE))) {
                return counter;
            }
        }
        throw registers.fault();
    }

    private long read(NaiveCounter counter) {
        return cpl != 0 && counter.has(Role.USER_READ_DISABLE) ? 0 : counter.value();
    }

    /* ------------------------------------------------------------- the interrupt */

    /** How many cycles an accepted PMI takes to be there. */
    public void skid(long cycles) {
        skid = cycles;
    }

    public int lvtpc() {
        return lvtpc;
    }

    public void lvtpc(int entry) {
        lvtpc = entry & LVTPC_WRITABLE;
    }

    public boolean pmiPending() {
        return pending;
    }

    /** Takes the PMI that is there; returns whether there was one. */
    public boolean takePmi() {
        boolean taken = pending;
        pending = false;
        return taken;
    }

    /* ------------------------------------------------------------- work */

    /** Runs the step from cycle {@code from} until its end or a PMI; returns the cycle before which it stopped. */
    public long run(NaiveStep step, long from) {
        return run(step, from, false);
    }

    /** The sibling runs the step while this thread does nothing. */
    public long runSibling(NaiveStep step, long from) {
        return run(step, from, true);
    }

    private long run(NaiveStep step, long from, boolean ofSibling) {
        look(step, ofSibling);
        for (long cycle = from; cycle < step.cycles(); cycle++) {
            boolean asked = false;
            for (NaiveCounter counter : counters) {
                asked |= counter.count(step, cycle, now);
            }
            now++;
            if (due != NONE) {
                due--;
            }
            if (asked) {
                request();
                look(step, ofSibling);
            }
            if (due == 0) {
                due = NONE;
                pending = true;
                return cycle + 1;
            }
        }
        return step.cycles();
    }

    private void look(NaiveStep step, boolean ofSibling) {
        boolean stopped = frozen.stream().anyMatch(place -> registers.get(place) != 0);
        counters.forEach(counter -> counter.look(step, ofSibling, stopped));
    }

    /** A counter asked for a PMI: it is lost if LVTPC is masked, and one with a PMI that is on its way or there. */
    private void request() {
        if (cpu.interrupt() == Interrupt.NONE || (lvtpc & LVTPC_MASKED) != 0) {
            return;
        }
        if (cpu.interrupt() == Interrupt.MASKS_ITSELF) {
            lvtpc |= LVTPC_MASKED;
        }
        cpu.freezes().forEach(this::freeze);
        if (due == NONE && !pending) {
            due = skid;
        }
    }

    private void freeze(Freeze freeze) {
        if ((registers.word(freeze.flagRegister(), 0) & freeze.flagMask()) != 0) {
            long word = registers.word(freeze.register(), 0);
            registers.word(freeze.register(), 0, freeze.sets() ? word | freeze.mask() : word & ~freeze.mask());
        }
    }
}
