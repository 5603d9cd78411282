package dev.vpmu.generator.perf.suite;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.hardware.agreement.Subject;
import dev.vpmu.generator.hardware.agreement.Subjects;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.naive.DrawnCpu;
import dev.vpmu.generator.hardware.naive.SketchedCpus;
import dev.vpmu.generator.perf.InventedCpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** The CPUs that the suite runs on, generated and compiled once, each in its states of SMT. */
final class PerfCpus {

    /** Draws of CPUs whose counters perf can use as they are after reset, each of a kind of its own; few are. */
    private static final List<Long> CHOSEN = List.of(2003L, 2011L, 2036L, 2048L, 2071L, 2073L, 2143L, 2187L);
    private static final long MORE_FROM = 3_000;
    private static final long MORE = Effort.of(0, 300);

    private static final List<PerfCpu> ALL = load();

    private PerfCpus() {
    }

    static List<PerfCpu> all() {
        return ALL;
    }

    private static List<PerfCpu> load() {
        try {
            List<DescribedCpu> cpus = new ArrayList<>(InventedCpus.withBroadwell());
            cpus.addAll(List.of(SketchedCpus.version1(), SketchedCpus.version2(), SketchedCpus.version4(), SketchedCpus.version4WithoutTransactions(),
                    SketchedCpus.version5()));
            Map<String, String> drawn = new TreeMap<>();
            for (long seed : seeds()) {
                DescribedCpu cpu = DrawnCpu.of(seed);
                cpus.add(cpu);
                drawn.put(cpu.className(), "vpmu.seed=" + seed + " draws\n" + cpu.text());
            }
            List<PerfCpu> tested = new ArrayList<>();
            for (Subject subject : Subjects.load(cpus).all()) {
                Optional<String> text = Optional.ofNullable(drawn.get(subject.model().packageName() + "." + subject.model().name()));
                tested.addAll(tested(subject, text).stream().filter(cpu -> cpu.drawn().isEmpty() || cpu.isUsable() && cpu.asked().areEnough()).toList());
            }
            return List.copyOf(tested);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> seeds() {
        Long given = Long.getLong("vpmu.seed");
        return given != null ? List.of(given) : LongStream.concat(CHOSEN.stream().mapToLong(seed -> seed), LongStream.range(MORE_FROM, MORE_FROM + MORE)).boxed().toList();
    }

    private static List<PerfCpu> tested(Subject subject, Optional<String> drawn) {
        CpuModel model = subject.model();
        boolean same = model.banks().stream().allMatch(bank -> bank.present().equals(bank.presentWithoutSmt()));
        List<PerfCpu> tested = new ArrayList<>();
        for (boolean smt : same ? new boolean[] {true} : new boolean[] {true, false}) {
            String name = model.packageName() + "." + model.name() + (same ? "" : smt ? " with SMT" : " without SMT");
            tested.add(new PerfCpu(name, model, subject.door(), smt, drawn));
        }
        return tested;
    }
}
