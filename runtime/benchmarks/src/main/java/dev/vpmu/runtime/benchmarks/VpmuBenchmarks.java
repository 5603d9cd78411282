package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.vpmu.VcpuPort;
import dev.vpmu.runtime.vpmu.VirtualPmu;
import dev.vpmu.runtime.vpmu.VirtualPmu.Retired;
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

/**
 * What is measured of one virtual PMU: the register accesses of a guest that has four counters, replayed. A subclass says which PMU it is;
 * in a JVM of its own it is the only one that is loaded. Hardware is the generated Broadwell-EP, without a machine's listener.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public abstract class VpmuBenchmarks {

    private static final int TURNS = 16;
    private static final int OWNED = 4;

    // not final, and so no constants to the compiler
    private int globalCtrl = Guest.GLOBAL_CTRL;
    private int globalStatus = Guest.GLOBAL_STATUS;
    private int overflowCtrl = Guest.OVERFLOW_CTRL;
    private int counter = Guest.PMC + 1;
    private int selector = Guest.EVENT_SELECT + 1;
    private int other = Guest.EVENT_SELECT + OWNED - 1;
    private long enabled = 0xF;
    private long overflowed = 2;
    private final long[] selectors = new long[TURNS];
    private final long[] values = new long[TURNS];
    private int turn;
    private PerfCore perf;
    private BenchmarkPort port;
    private VirtualPmu pmu;

    /** Makes the virtual PMU of a vCPU. */
    protected abstract VirtualPmu create(VcpuPort vcpu);

    /** The one that was made, by its own type. */
    protected abstract long rdmsr(int address);

    protected abstract void wrmsr(int address, long value);

    protected abstract long counting(Retired what);

    protected abstract void retired(long counters);

    protected abstract void entering();

    @Setup
    public void set() {
        BroadwellEP cpu = new BroadwellEP();
        PmuHardware hardware = cpu.hardware(true);
        perf = cpu.perf(new PerfSystem(), hardware, hardware, () -> 0, true);
        port = new BenchmarkPort(perf);
        pmu = create(port);
        pmu.privilege(0, false, true);
        pmu.runsOn(perf, hardware);
        perf.scheduleIn(port.task());
        pmu.scheduledIn();
        pmu.load();
        for (int i = 0; i < OWNED; i++) {
            wrmsr(Guest.EVENT_SELECT + i, Guest.COUNTING | Guest.INTERRUPT | 0x2E | 0x4100);
        }
        wrmsr(globalCtrl, enabled);
        enter();
        for (int i = 0; i < TURNS; i++) {
            selectors[i] = Guest.COUNTING | Guest.INTERRUPT | 0x2E | (long) i << 8;
            values[i] = -1_000L * i - 1 & 0xFFFF_FFFFL;
        }
    }

    private int next() {
        turn = turn + 1 & TURNS - 1;
        return turn;
    }

    /** What was put off until the guest runs again, and what the CPU loads when it does. */
    private void enter() {
        if (port.takeRequest()) {
            pmu.work();
            port.takeRequest();
        }
        entering();
    }

    /** As one exit does it: who counts the instruction is asked before it is carried out. */
    private void write(int address, long value) {
        long counting = counting(Retired.INSTRUCTION);
        wrmsr(address, value);
        retired(counting);
        enter();
    }

    private long read(int address) {
        long counting = counting(Retired.INSTRUCTION);
        long value = rdmsr(address);
        retired(counting);
        enter();
        return value;
    }

    /** What the harness takes. */
    @Benchmark
    public long nothing() {
        return values[next()];
    }

    /** The five accesses of a PMI handler: all counters off, status, acknowledge, reload, on. */
    @Benchmark
    public long pmiHandler() {
        wrmsr(globalCtrl, 0);
        long status = rdmsr(globalStatus);
        wrmsr(overflowCtrl, status | overflowed);
        wrmsr(counter, values[next()]);
        wrmsr(globalCtrl, enabled);
        return status;
    }

    /** The same, with all that the hypervisor asks of the PMU for each exit until the guest runs again. */
    @Benchmark
    public long pmiHandlerInExits() {
        write(globalCtrl, 0);
        long status = read(globalStatus);
        write(overflowCtrl, status | overflowed);
        write(counter, values[next()]);
        write(globalCtrl, enabled);
        return status;
    }

    /** A counter that the guest has counts something else from a value on. */
    @Benchmark
    public void counterSetUp() {
        int now = next();
        wrmsr(selector, selectors[now]);
        wrmsr(counter, values[now]);
        wrmsr(globalCtrl, enabled);
    }

    /** The same, in exits. */
    @Benchmark
    public void counterSetUpInExits() {
        int now = next();
        write(selector, selectors[now]);
        write(counter, values[now]);
        write(globalCtrl, enabled);
    }

    /** A counter is disabled, given a value, and enabled again: what owns counters returns it to the host and takes it. */
    @Benchmark
    public void counterReturnedAndTaken() {
        int now = next();
        write(other, 0);
        write(counter, values[now]);
        write(other, selectors[now]);
    }

    /** A vCPU with four counters is switched out, and in again: what its PMU does for it. */
    @Benchmark
    public void outAndIn() {
        pmu.scheduledOut();
        pmu.put();
        pmu.scheduledIn();
        pmu.load();
    }

    /** The same, and the host's perf takes the thread's own events off and puts them on. */
    @Benchmark
    public void outAndInWithPerf() {
        pmu.scheduledOut();
        pmu.put();
        perf.scheduleOut();
        perf.scheduleIn(port.task());
        pmu.scheduledIn();
        pmu.load();
    }
}
