package dev.vpmu.runtime.benchmarks;

import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.Scenario;
import dev.vpmu.runtime.lab.scenario.Guests;
import dev.vpmu.runtime.lab.scenario.ProfileScenario;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import vpmu.intel.BroadwellEP;

/**
 * How long a scenario takes to run: ten seconds of guests' time, sampled a thousand times a second, in 256 MB. Four guests are to take less
 * than two seconds. On a machine that has other things to do the profiler {@link CpuTime} says more, and of the ratio {@link LabRatio}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 10)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class Lab {

    static final int SECONDS = 10;
    static final int HERTZ = 1_000;
    private static final int WARM = 128;

    /** How many guests of one vCPU. */
    @Param({"4", "64"})
    private int vcpus;

    /** Under which design. */
    @Param({"EventOriented2018", "RegisterOriented"})
    private String policy;

    private final Cpu cpu = new BroadwellEP();
    private Scenario scenario;
    private VpmuDesign design;

    @Setup
    public void set() {
        scenario = guests(vcpus);
        design = cpu.design(policy);
        // as much before few guests as before many
        guests(WARM).run(cpu, design);
    }

    static Scenario guests(int count) {
        return ProfileScenario.named("perf-record-1khz").guests(Guests.alone(count)).sampling("cycles", HERTZ).seconds(SECONDS).build();
    }

    /** The whole scenario, from its machines on. */
    @Benchmark
    public Result sampled() {
        Result result = scenario.run(cpu, design);
        if (result.delivered() != (long) vcpus * SECONDS * HERTZ) {
            throw new IllegalStateException(result.delivered() + " samples");
        }
        return result;
    }
}
