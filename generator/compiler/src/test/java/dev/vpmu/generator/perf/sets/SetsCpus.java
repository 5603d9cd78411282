package dev.vpmu.generator.perf.sets;

import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.hardware.agreement.Subject;
import dev.vpmu.generator.hardware.agreement.Subjects;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.naive.DrawnCpu;
import dev.vpmu.generator.perf.InventedCpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The CPUs whose counters events compete for: the shipped one, those that were invented for it, and drawn ones; compiled once. */
final class SetsCpus {

    private static final long FIRST_SEED = 5_000;
    private static final int DRAWN = Effort.of(30, 300);

    private static final List<Subject> ALL = load();

    private SetsCpus() {
    }

    static List<Subject> all() {
        return ALL;
    }

    static boolean isDrawn(Subject subject) {
        return subject.sketch() != null;
    }

    private static List<Subject> load() {
        List<DescribedCpu> cpus = new ArrayList<>(InventedCpus.withBroadwell());
        LongStream.range(FIRST_SEED, FIRST_SEED + DRAWN).mapToObj(DrawnCpu::of).forEach(cpus::add);
        try {
            return Subjects.load(cpus).all();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
