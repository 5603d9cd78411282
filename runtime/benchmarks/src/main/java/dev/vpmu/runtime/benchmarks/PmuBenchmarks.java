package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.registers.PmuRegisters;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What is measured of one PMU. A subclass says which PMU it is and by which type it is called; in a JVM of its own it is the only
 * subclass that is loaded, so that the calls to it here cost nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public abstract class PmuBenchmarks {

    private static final int TURNS = 16;
    private static final long BILLION = 1_000_000_000;

    // not final, and so no constants to the compiler
    private int counter = Guest.PMC + 1;
    private int fullWidthCounter = Guest.FULL_WIDTH_PMC + 1;
    private int selector = Guest.EVENT_SELECT + 2;
    private int globalStatus = Guest.GLOBAL_STATUS;
    private int globalCtrl = Guest.GLOBAL_CTRL;
    private int overflowCtrl = Guest.OVERFLOW_CTRL;
    private int lastBranch = Guest.LAST_BRANCH_TO;
    private int rdpmc = 1;
    private int fixedRdpmc = 0x4000_0000;
    private int reloaded = Guest.PMC;
    private long reload = -150;
    private final int[] addresses = Guest.addressesInTurn();
    private final long[] selectors = new long[TURNS];
    private final long[] values = new long[TURNS];
    private final long[] enables = new long[TURNS];
    private final Step[] work = Guest.work();
    private final Step[] longWork = new Step[TURNS];
    private int turn;

    /** Makes the PMU, and whatever else the JVM is to have used. */
    protected abstract PmuRegisters create(boolean smt);

    protected abstract long rdmsr(int address);

    protected abstract void wrmsr(int address, long value);

    protected abstract long rdpmc(int ecx);

    protected abstract long run(Step step);

    protected abstract void lvtpc(int entry);

    protected abstract boolean takePmi();

    protected abstract void privilege(int currentPrivilegeLevel, boolean cr4Pce, boolean cr0Pe);

    @Setup
    public void set(BenchmarkParams params) {
        String name = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
        boolean all = name.equals("billionCycles");
        boolean interrupts = name.equals("stepWithInterrupts") || name.equals("pmi");
        Guest.program(create(!all), all ? 8 : 4, interrupts);
        privilege(3, true, true);
        lvtpc(interrupts ? PmuHardware.LVTPC_NMI : PmuHardware.LVTPC_MASKED);
        for (int i = 0; i < TURNS; i++) {
            selectors[i] = Guest.COUNTING | 0x2E | (long) i << 8;
            values[i] = (1L << 48) - 1_000 * i - 1;
            enables[i] = i;
            longWork[i] = Guest.step(BILLION, i, i % 2 * 3);
        }
    }

    private int next() {
        turn = turn + 1 & TURNS - 1;
        return turn;
    }

    /** What the harness takes, to be kept in mind. */
    @Benchmark
    public long nothing() {
        return counter;
    }

    @Benchmark
    public long rdmsrCounter() {
        return rdmsr(counter);
    }

    @Benchmark
    public long rdmsrSelector() {
        return rdmsr(selector);
    }

    @Benchmark
    public long rdmsrGlobalStatus() {
        return rdmsr(globalStatus);
    }

    @Benchmark
    public long rdmsrLastBranch() {
        return rdmsr(lastBranch);
    }

    /** Sixteen registers of all kinds, one after the other. */
    @Benchmark
    public long rdmsrInTurn() {
        return rdmsr(addresses[next()]);
    }

    @Benchmark
    public void wrmsrSelector() {
        wrmsr(selector, selectors[next()]);
    }

    @Benchmark
    public void wrmsrCounter() {
        wrmsr(fullWidthCounter, values[next()]);
    }

    @Benchmark
    public void wrmsrGlobalCtrl() {
        wrmsr(globalCtrl, enables[next()]);
    }

    @Benchmark
    public void wrmsrOverflowCtrl() {
        wrmsr(overflowCtrl, enables[next()]);
    }

    /** In ring 3. */
    @Benchmark
    public long rdpmcCounter() {
        return rdpmc(rdpmc);
    }

    @Benchmark
    public long rdpmcFixed() {
        return rdpmc(fixedRdpmc);
    }

    /** 1,000 cycles with eight events and seven counters. */
    @Benchmark
    public long step() {
        return run(work[next()]);
    }

    /** The same while every counter asks for a PMI, from far away. */
    @Benchmark
    public long stepWithInterrupts() {
        return run(work[next()]);
    }

    /** 10^9 cycles with all eleven counters of a CPU without SMT. */
    @Benchmark
    public long billionCycles() {
        return run(longWork[next()]);
    }

    /** A sampling counter is loaded and overflows; the PMI is taken and acknowledged. */
    @Benchmark
    public long pmi() {
        wrmsr(reloaded, reload);
        lvtpc(PmuHardware.LVTPC_NMI);
        long stopped = run(work[next()]);
        if (!takePmi()) {
            throw new IllegalStateException("no PMI");
        }
        wrmsr(overflowCtrl, rdmsr(globalStatus));
        return stopped;
    }

    /** One selector written between steps: what was prepared for steps is of no use. */
    @Benchmark
    public long stepAfterWrite() {
        int now = next();
        wrmsr(selector, selectors[now]);
        return run(work[now]);
    }
}
