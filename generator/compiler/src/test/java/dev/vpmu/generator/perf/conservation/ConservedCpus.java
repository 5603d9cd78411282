package dev.vpmu.generator.perf.conservation;

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
import java.util.stream.LongStream;

/** The CPUs that schedules run on, compiled once. */
final class ConservedCpus {

    /** A PMI every two thousand occurrences, periods that are longer than a counter can be told, and an extra register that does not take all that its row says. */
    private static final String NARROW = """
            package conservation

            import vpmu.intel.arch.*

            cpu Narrow extends ArchPerfmonV4 {
                signature GenuineIntel family 6 model 0xEA
                clocks core 2000 MHz tsc 1500 MHz bus 100 MHz
                counters gp     [0..3]  width 12 bits
                counters fixed  [0..2]  width 13 bits
                has pdcm, rtm
                msr IA32_PMC[gp]  0x0C1  is value  write sign-extends 12 bits
                msr RESPONSE  0x1A6  is extra  valid 0xFF
                extra response {
                    0xB7:0x01  uses RESPONSE  valid 0xFFFF
                }
                periods {
                    0xC4:0x00  at least 5000
                }
            }
            """;

    private static final int DRAWN = Effort.of(16, 100);

    private static final List<ConservedCpu> ALL = load();

    private ConservedCpus() {
    }

    /** All of them, each in both states of SMT. */
    static List<ConservedCpu> all() {
        return ALL;
    }

    static ConservedCpu named(String name) {
        return ALL.stream().filter(cpu -> cpu.toString().equals(name)).findFirst().orElseThrow();
    }

    private static List<ConservedCpu> load() {
        List<DescribedCpu> described = new ArrayList<>(InventedCpus.withBroadwell());
        described.addAll(SketchedCpus.described());
        described.add(new DescribedCpu("conservation", "Narrow", NARROW, null));
        LongStream.range(0, DRAWN).mapToObj(DrawnCpu::of).forEach(described::add);
        List<ConservedCpu> all = new ArrayList<>();
        try {
            for (Subject subject : Subjects.load(described).all()) {
                for (boolean smt : new boolean[] {true, false}) {
                    if (EventWord.of(subject.model()).isPresent()) {
                        all.add(new ConservedCpu(subject.name() + (smt ? " with SMT" : " without SMT"), subject.model(), subject.door(), smt));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.stream().filter(ConservedCpu::isSuitable).toList();
    }
}
