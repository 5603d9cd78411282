package dev.vpmu.generator.machine.owning;

import dev.vpmu.generator.hardware.agreement.Subject;
import dev.vpmu.generator.hardware.agreement.Subjects;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.runtime.cpu.Cpu;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A CPU whose counters guests own, generated and compiled once, with its policies.
 *
 * @param name what a test's name says of it
 * @param general how many counters with selectors it has
 * @param fixed the indices of its fixed counters
 * @param anyThread whether its selectors have a bit for both threads of a core
 */
record OwnedCpu(String name, Cpu door, boolean smt, int general, List<Integer> fixed, boolean anyThread) {

    /** {@code MethodSource} of tests that hold of every CPU. */
    static final String EACH = "dev.vpmu.generator.machine.owning.OwnedCpu#each";

    private static final List<Integer> THREE = List.of(0, 1, 2);
    private static final List<Subject> SUBJECTS = load();

    private static List<Subject> load() {
        try {
            return Subjects.load(List.of(new DescribedCpu("vpmu.intel", "BroadwellEP", "", null),
                    new DescribedCpu("owned", "OwnedV5", resource("OwnedV5.pmu"), null),
                    new DescribedCpu("owned", "OneLine", resource("OneLine.pmu"), null))).all();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream text = OwnedCpu.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Stream<OwnedCpu> each() {
        return Stream.of(broadwell(), new OwnedCpu("Broadwell-EP without SMT", SUBJECTS.get(0).door(), false, 8, THREE, true), version5());
    }

    /** Broadwell-EP as it comes. */
    static OwnedCpu broadwell() {
        return new OwnedCpu("Broadwell-EP with SMT", SUBJECTS.get(0).door(), true, 4, THREE, true);
    }

    static OwnedCpu version5() {
        return new OwnedCpu("a CPU of version 5", SUBJECTS.get(1).door(), false, 4, List.of(0, 1, 3), false);
    }

    /** A Broadwell with policies that differ from the intended one in one line each. */
    static OwnedCpu oneLine() {
        return new OwnedCpu("a Broadwell with other policies", SUBJECTS.get(2).door(), true, 4, THREE, true);
    }

    /** The counters with selectors, a global mask. */
    long generalCounters() {
        return (1L << general) - 1;
    }

    /** All its counters, a global mask. */
    long counters() {
        return fixed.stream().mapToLong(index -> 1L << Intel.FIXED + index).reduce(generalCounters(), (a, b) -> a | b);
    }

    @Override
    public String toString() {
        return name;
    }
}
