package dev.vpmu.generator.machine;

import dev.vpmu.generator.hardware.agreement.Subject;
import dev.vpmu.generator.hardware.agreement.Subjects;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.runtime.cpu.Cpu;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * A CPU that guests are tested on, generated and compiled once.
 *
 * @param name what a test's name says of it
 * @param general how many counters with selectors it has
 * @param fixed the indices of its fixed counters
 * @param borrows whether general counters can count what a fixed one does
 */
public record HostCpu(String name, Cpu door, boolean smt, int general, List<Integer> fixed, boolean borrows) {

    /** {@code MethodSource} of tests that speak of one design, or of none. */
    public static final String EACH = "dev.vpmu.generator.machine.HostCpu#each";
    /** {@code MethodSource} of tests that hold of both designs alike. */
    public static final String EACH_IN_BOTH_DESIGNS = "dev.vpmu.generator.machine.HostCpu#eachInBothDesigns";
    /** {@code MethodSource} of tests of what only today's design has. */
    public static final String EACH_TODAY = "dev.vpmu.generator.machine.HostCpu#eachToday";

    private static final String SMALL_V5 = """
            package machines

            import vpmu.intel.arch.*
            import vpmu.policies.*

            cpu SmallV5 extends ArchPerfmonV5 {
                signature GenuineIntel family 6 model 0xE5
                clocks core 2900 MHz tsc 2100 MHz bus 25 MHz
                counters gp     [0..3]     width 48 bits
                counters fixed  [0..1, 3]  width 48 bits
                has pdcm, rtm, full_width_write, pebs_baseline, perf_metrics
                policies EventOriented, EventOriented2018
            }
            """;
    private static final List<HostCpu> ALL = load();

    private static List<HostCpu> load() {
        try {
            List<Subject> subjects = Subjects.load(List.of(new DescribedCpu("vpmu.intel", "BroadwellEP", "", null), new DescribedCpu("machines", "SmallV5", SMALL_V5, null))).all();
            Cpu broadwell = subjects.get(0).door();
            List<Integer> three = List.of(0, 1, 2);
            return List.of(new HostCpu("Broadwell-EP with SMT", broadwell, true, 4, three, true),
                    new HostCpu("Broadwell-EP without SMT", broadwell, false, 8, three, true),
                    new HostCpu("a CPU of version 5", subjects.get(1).door(), false, 4, List.of(0, 1, 3), false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<HostCpu> each() {
        return ALL.stream();
    }

    public static Stream<Arguments> eachInBothDesigns() {
        List<Arguments> all = new ArrayList<>();
        for (Design design : Design.values()) {
            ALL.forEach(cpu -> all.add(Arguments.of(cpu, design)));
        }
        return all.stream();
    }

    public static Stream<Arguments> eachToday() {
        return ALL.stream().map(cpu -> Arguments.of(cpu, Design.NOW));
    }

    /** The one where nothing depends on the CPU. */
    static HostCpu any() {
        return ALL.get(0);
    }

    /** The counters with selectors, a global mask. */
    public long generalCounters() {
        return (1L << general) - 1;
    }

    @Override
    public String toString() {
        return name;
    }
}
