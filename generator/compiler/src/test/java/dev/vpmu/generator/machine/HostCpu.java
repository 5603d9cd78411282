package dev.vpmu.generator.machine;

import dev.vpmu.generator.hardware.agreement.Subject;
import dev.vpmu.generator.hardware.agreement.Subjects;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.naive.SketchedCpus;
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

    private static final List<HostCpu> ALL = load();

    private static List<HostCpu> load() {
        try {
            List<Subject> subjects = Subjects.load(List.of(new DescribedCpu("vpmu.intel", "BroadwellEP", "", null), SketchedCpus.version5())).all();
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
