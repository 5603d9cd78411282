package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.ReadRule;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.CpuidWords;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.registers.GeneralProtectionFault.Access;
import dev.vpmu.runtime.registers.PmuRegisters;
import java.util.ArrayList;
import java.util.List;

/**
 * The PMU of one logical CPU, straight from its model: what generated hardware does, without generating it and without what it
 * inherits, so that each can be held against the other.
 */
public final class InterpretedPmu implements PmuRegisters {

    private final CpuModel cpu;
    private final boolean smt;
    private final RegisterFile registers;
    private final RegisterWrites writes;
    private final Counters counters;
    private final CountingConditions conditions;
    private final CoreTime time;
    private final EventLookup events;
    private final Freezes freezes;
    private final UsageBits usage;
    private final RdpmcDecoder rdpmc;
    private final InterruptLine interrupt;
    private Privilege privilege = Privilege.AFTER_RESET;

    /** The PMU after power-on, with SMT on ({@code smt}) or off. */
    public InterpretedPmu(CpuModel cpu, boolean smt) {
        this.cpu = cpu;
        this.smt = smt;
        registers = new RegisterFile(cpu, smt);
        writes = new RegisterWrites(cpu, registers);
        counters = new Counters(cpu, smt, registers);
        conditions = new CountingConditions(cpu, registers);
        time = new CoreTime(cpu.clocks());
        events = new EventLookup(cpu, registers, time);
        freezes = new Freezes(cpu, registers, counters);
        usage = new UsageBits(cpu, registers, counters);
        rdpmc = new RdpmcDecoder(cpu, registers, counters);
        interrupt = new InterruptLine(cpu.interrupt());
    }

    /** Makes two threads of one core siblings: what they share has the first one's values. */
    public static void pair(InterpretedPmu first, InterpretedPmu second) {
        if (first == second || !first.cpu.equals(second.cpu)) {
            throw new IllegalArgumentException("siblings are two of one CPU, not " + first.cpu.name() + " and " + second.cpu.name());
        }
        second.registers.shareWith(first.registers);
    }

    /** Power-on. The skid and the sibling stay. */
    public void reset() {
        registers.reset();
        counters.reset();
        time.reset();
        interrupt.reset();
        privilege = Privilege.AFTER_RESET;
    }

    /* ------------------------------------------------------------- instructions */

    @Override
    public long rdmsr(int address) {
        Element element = registers.at(address).orElseThrow(() -> new GeneralProtectionFault().on(Access.RDMSR, address, 0));
        if (element.register().read() instanceof ReadRule.Constant constant) {
            return constant.value();
        }
        return element.register().role() == RegisterRole.USAGE ? usage.shownIn(element) : element.word().get();
    }

    @Override
    public void wrmsr(int address, long value) {
        if (!registers.at(address).map(element -> writes.write(element, value)).orElse(false)) {
            throw new GeneralProtectionFault().on(Access.WRMSR, address, value);
        }
    }

    @Override
    public long rdpmc(int ecx) {
        return rdpmc.read(ecx, privilege).orElseThrow(() -> new GeneralProtectionFault().on(Access.RDPMC, ecx, 0));
    }

    /** What CPUID answers; 0 for leaves that the PMU does not fill. */
    public CpuidWords cpuid(int leaf, int subleaf) {
        return cpu.leaves().stream().filter(answer -> answer.leaf() == leaf && answer.subleaf() == subleaf)
                .map(answer -> smt ? answer.withSmt() : answer.withoutSmt())
                .map(words -> new CpuidWords(words.eax(), words.ebx(), words.ecx(), words.edx())).findFirst().orElse(CpuidWords.ZERO);
    }

    /** The ring, CR4.PCE and CR0.PE. */
    public void privilege(int cpl, boolean pce, boolean pe) {
        privilege = new Privilege(cpl, pce, pe);
    }

    /* ------------------------------------------------------------- the interrupt */

    public int lvtpc() {
        return interrupt.lvtpc();
    }

    public void lvtpc(int entry) {
        interrupt.lvtpc(entry);
    }

    /** How many cycles an accepted PMI takes to be there. */
    public void pmiSkid(long cycles) {
        interrupt.skid(cycles);
    }

    public boolean pmiPending() {
        return interrupt.isPending();
    }

    /** Takes the PMI that is there; returns whether there was one. */
    public boolean takePmi() {
        return interrupt.take();
    }

    /* ------------------------------------------------------------- work */

    /** Runs a step from cycle {@code from} on, to its end or until a PMI is there; returns the cycle before which it stopped. */
    public long run(Step step, long from) {
        return run(step, from, false);
    }

    /** The sibling runs a step while this thread does nothing; stops as {@link #run(Step, long)} does. */
    public long runSibling(Step step, long from) {
        return run(step, from, true);
    }

    private long run(Step step, long from, boolean ofSibling) {
        long at = from;
        while (at < step.cycles()) {
            long to = runStretch(step, at, ofSibling);
            if (interrupt.arrives()) {
                return to;
            }
            at = to;
        }
        return at;
    }

    /** Runs the cycles until something happens that others depend on; returns the cycle before which it stopped. */
    private long runStretch(Step step, long at, boolean ofSibling) {
        List<CounterWork> counting = counting(step, at, ofSibling);
        long to = interrupt.arrival(at, step.cycles());
        if (interrupt.accepts() && (!interrupt.isOnItsWay() || freezes.mayAct())) {
            for (CounterWork work : counting) {
                to = work.interrupt(to);
            }
        }
        boolean asked = false;
        for (CounterWork work : counting) {
            asked |= work.count(to);
        }
        time.pass(to - at);
        interrupt.pass(to - at);
        if (asked && interrupt.accepts()) {
            interrupt.accept();
            freezes.act();
        }
        return to;
    }

    /** The counters that count from cycle {@code at} on; the others lose what their edge detector has seen. */
    private List<CounterWork> counting(Step step, long at, boolean ofSibling) {
        List<CounterWork> counting = new ArrayList<>();
        for (InterpretedCounter counter : counters.all()) {
            if (conditions.counts(counter, step, ofSibling)) {
                Control control = counter.control();
                counting.add(new CounterWork(counter, control, events.of(counter.place(), control, step, at), at));
            } else {
                counter.held(false);
            }
        }
        return counting;
    }
}
