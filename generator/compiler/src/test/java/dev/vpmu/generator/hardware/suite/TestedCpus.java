package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.hardware.agreement.Subject;
import dev.vpmu.generator.hardware.agreement.Subjects;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.naive.DrawnCpu;
import dev.vpmu.generator.hardware.naive.SketchedCpus;
import dev.vpmu.generator.hardware.twin.InterpretedPmu;
import dev.vpmu.runtime.cpu.Cpu;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The CPUs that the suite runs on, generated and compiled once: each in its states of SMT, as generated hardware and as the interpreter. */
final class TestedCpus {

    private static final long FIRST_SEED = Long.getLong("vpmu.seed", 1_000);
    private static final int DRAWN = Effort.of(30, 300);

    private static final List<TestedCpu> ALL = load();

    private TestedCpus() {
    }

    static List<TestedCpu> all() {
        return ALL;
    }

    private static List<TestedCpu> load() {
        try {
            List<DescribedCpu> cpus = new ArrayList<>(List.of(new DescribedCpu("vpmu.intel", "BroadwellEP", "", null),
                    new DescribedCpu("suite", "Fivefold", resource("Fivefold.pmu"), null)));
            cpus.addAll(SketchedCpus.described());
            Map<String, String> drawn = new TreeMap<>();
            for (long seed = FIRST_SEED; seed < FIRST_SEED + DRAWN; seed++) {
                DescribedCpu cpu = DrawnCpu.of(seed);
                cpus.add(cpu);
                drawn.put(cpu.className(), "vpmu.seed=" + seed + " draws\n" + cpu.text());
            }
            List<TestedCpu> tested = new ArrayList<>();
            for (Subject subject : Subjects.load(cpus).all()) {
                CpuModel model = subject.model();
                tested.addAll(tested(model, subject.door(), Optional.ofNullable(drawn.get(model.packageName() + "." + model.name()))));
            }
            return List.copyOf(tested);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<TestedCpu> tested(CpuModel cpu, Cpu door, Optional<String> drawn) {
        boolean same = cpu.banks().stream().allMatch(bank -> bank.present().equals(bank.presentWithoutSmt()));
        List<TestedCpu> tested = new ArrayList<>();
        for (boolean smt : same ? new boolean[] {true} : new boolean[] {true, false}) {
            String name = cpu.packageName() + "." + cpu.name() + (same ? "" : smt ? " with SMT" : " without SMT");
            tested.add(new TestedCpu(name, cpu, smt, drawn, () -> new GeneratedPmu(door.hardware(smt))));
            tested.add(new TestedCpu(name + ", interpreted", cpu, smt, drawn, () -> new InterpretedTwin(new InterpretedPmu(cpu, smt))));
        }
        return tested;
    }

    private static String resource(String name) throws IOException {
        try (InputStream text = TestedCpus.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
