package dev.vpmu.runtime.lab.scenario;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.StepCounter;
import dev.vpmu.runtime.lab.Traffic;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.vpmu.VpmuDesign;

/** A guest whose perf samples an event on one counter, a general or a fixed one, and that then accesses single registers. */
public final class UpdatingGuest {

    /** No PMI comes in the little time that it works. */
    private static final long PERIOD = 1L << 30;
    private static final long LOW_WORD = 0xFFFF_FFFFL;
    private static final String SELECTOR = "selector";
    private static final String VALUE = "value";
    private static final String ENABLE = "enable";

    private final Cpu cpu;
    private final boolean fixed;
    private final EvenWork work;
    private final Machine machine;
    private final Vcpu vcpu;
    private final GuestWords before;
    private final GuestWords after;
    private final long start;
    private boolean changed;
    private long counted;
    private long carriedOut;
    private int milliseconds;

    /**
     * A guest that samples.
     *
     * @param fixed whether on a fixed counter
     */
    public UpdatingGuest(Cpu cpu, VpmuDesign design, boolean watchdog, boolean fixed) {
        this.cpu = cpu;
        this.fixed = fixed;
        work = new EvenWork(cpu, Workload.USUAL);
        machine = new Machine(cpu, 1, false, work.megahertz(), new PerfSystem());
        PhysicalCpu physical = machine.cpu(0);
        if (watchdog) {
            physical.perf().watchdog(true);
        }
        vcpu = new Vcpu(machine, "vCPU 0", design);
        physical.schedule(vcpu);
        vcpu.run();
        vcpu.privilege(0, true, true);
        PerfCore perf = cpu.perf(new PerfSystem(), vcpu, vcpu.lvt(), physical::nanos, false);
        vcpu.onPmi(perf::nmi);
        before = new GuestWords(cpu, vcpu, sampled(false));
        after = new GuestWords(cpu, vcpu, sampled(true));
        perf.open(perf.cpuContext(), sampled(false).build(), OverflowHandler.NONE);
        start = before.value(VALUE);
    }

    private EventAttributes.Builder sampled(boolean other) {
        PmuEvent event = event(other);
        if (fixed) {
            EventAttributes.Builder asked = EventAttributes.onCounter(event.name(), Long.numberOfTrailingZeros(event.counters()), event.encoding()).period(PERIOD);
            return other ? asked.excludeUser() : asked;
        }
        return cpu.attributes(event).counters(event.counters() & -event.counters()).period(PERIOD);
    }

    private PmuEvent event(boolean other) {
        return fixed ? work.fixed() : work.event(other ? "cache misses" : "branches");
    }

    /** It works for a millisecond. */
    public void work() {
        vcpu.work(work.step());
        milliseconds++;
        if (!changed || !fixed) {
            counted += work.occurrences(event(changed));
        }
    }

    /** Its counter's control is changed: to another event, or of a fixed one to another ring, in which it does nothing. */
    public void change() {
        vcpu.wrmsr(after.address(SELECTOR), after.value(SELECTOR));
        changed = true;
        if (work.isOf(event(true), "instructions")) {
            // it retired in the ring that is counted before and after
            carriedOut++;
            counted++;
        }
    }

    /** Its counter begins anew. */
    public void restart() {
        vcpu.wrmsr(before.address(VALUE), start);
        counted = 0;
    }

    /** Its counter stops, by its control. */
    public void stop() {
        vcpu.wrmsr(before.address(SELECTOR), 0);
    }

    /** And counts again. */
    public void start() {
        vcpu.wrmsr(before.address(SELECTOR), before.value(SELECTOR));
    }

    /** All its counters stop. */
    public void stopAll() {
        vcpu.wrmsr(before.address(ENABLE), 0);
    }

    /** And count again. */
    public void startAll() {
        vcpu.wrmsr(before.address(ENABLE), before.value(ENABLE));
    }

    /** Its counter, a general one, is read by RDPMC. */
    public void rdpmc() {
        vcpu.rdpmc(Long.numberOfTrailingZeros(event(false).counters()));
    }

    /** It asks what CPU it has. */
    public void cpuid() {
        vcpu.cpuid();
    }

    /** What something takes that it does. */
    public Traffic traffic(Runnable action) {
        StepCounter counter = new StepCounter(cpu);
        listen(counter, action);
        return counter.take();
    }

    /** Somebody hears of everything while it does something. */
    void listen(MachineListener listener, Runnable action) {
        machine.listen(listener);
        action.run();
        machine.listen(MachineListener.NONE);
    }

    Machine machine() {
        return machine;
    }

    /** What its counter tells of the work since the counter began. */
    Result.Count count() {
        long told = (vcpu.rdmsr(before.address(VALUE)) - start) & LOW_WORD;
        return new Result.Count(event(changed).name(), told, counted, 0, 0);
    }

    /** How many instructions its counter should have counted that its hypervisor carried out. */
    long carriedOut() {
        return carriedOut;
    }

    /** How long it has worked, in nanoseconds. */
    double nanos() {
        return milliseconds * 1e6;
    }
}
