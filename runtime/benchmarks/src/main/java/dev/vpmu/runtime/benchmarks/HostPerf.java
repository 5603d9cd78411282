package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfSystem;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import vpmu.intel.BroadwellEP;

/** perf on the generated Broadwell-EP, registers and all: how long placing eight events takes, and how long a PMI takes to reach a guest's callback. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class HostPerf {

    private static final int EVENTS = 8;
    private static final String[] NAMES = {"LONGEST_LAT_CACHE.MISS", "BR_INST_RETIRED.ALL_BRANCHES", "L1D_PEND_MISS.PENDING",
        "MEM_LOAD_UOPS_RETIRED.L1_HIT", "UOPS_RETIRED.ALL", "INST_RETIRED.ANY_P", "CPU_CLK_UNHALTED.THREAD_P", "BR_MISP_RETIRED.ALL_BRANCHES"};

    private final BroadwellEP cpu = new BroadwellEP();
    private final PmuHardware hardware = cpu.hardware(false);
    private final PmuHardware overflowing = cpu.hardware(true);
    private long nanos;
    private PerfCore perf;
    private PerfCore host;
    private EventContext task;
    private Step work;
    private long given = 1;
    private long callbacks;

    @Setup
    public void set() {
        PerfSystem system = new PerfSystem();
        perf = cpu.perf(system, hardware, hardware, () -> nanos, false);
        task = EventContext.ofTask("task");
        for (int i = 0; i < EVENTS; i++) {
            perf.open(task, attributes(NAMES[i]), OverflowHandler.NONE);
        }
        perf.scheduleIn(task);
        perf.mask(this, given);
        if (task.events().stream().anyMatch(event -> event.counter() < 0)) {
            throw new IllegalStateException("not all events are on the PMU: " + task.events());
        }

        host = cpu.perf(system, overflowing, overflowing, () -> nanos, true);
        host.mask(this, 1);
        host.register(counters -> callbacks += counters);
        overflowing.wrmsr(0x186, 0x5300C0);
        work = Step.of(1_000).uniform(Step.event(0xC0, 0), 1_500).build();
    }

    private EventAttributes attributes(String name) {
        return cpu.attributes(cpu.events().find(name).orElseThrow()).build();
    }

    /**
     * A pass by weight over eight events, none of which can rely on where it was: a counter that one is on is given up, and another one comes
     * back. What has to move is stopped, folded and programmed anew, which is in the time.
     */
    @Benchmark
    public boolean schedulingPass() {
        given ^= 3;
        return perf.mask(this, given);
    }

    /** A task with eight events leaves the CPU and comes back: eight counters are read and stopped, placed one by one, and programmed. */
    @Benchmark
    public void taskSwitch() {
        perf.scheduleOut();
        perf.scheduleIn(task);
    }

    /** What a PMI costs before anybody is told: the counter is loaded, overflows after 667 cycles of work, and the interrupt is there. */
    @Benchmark
    public long overflowAlone() {
        overflow();
        overflowing.wrmsr(0x390, 1);
        overflowing.lvtpc(PmuHardware.LVTPC_NMI);
        return callbacks;
    }

    /** The same, and perf's handler acknowledges it and calls back. */
    @Benchmark
    public long overflowToCallback() {
        overflow();
        if (host.nmi() != 1) {
            throw new IllegalStateException("not handled");
        }
        return callbacks;
    }

    private void overflow() {
        overflowing.wrmsr(0x38F, 1);
        overflowing.wrmsr(0x4C1, 0xFFFF_FFFF_FC18L);
        overflowing.run(work, 0);
        if (!overflowing.takePmi()) {
            throw new IllegalStateException("no PMI");
        }
    }
}
