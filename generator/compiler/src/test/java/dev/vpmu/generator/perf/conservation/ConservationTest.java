package dev.vpmu.generator.perf.conservation;

import static org.junit.jupiter.api.Assertions.fail;

import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.hardware.agreement.Subject;
import dev.vpmu.generator.hardware.agreement.Subjects;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.naive.DrawnCpu;
import dev.vpmu.generator.hardware.naive.SketchedCpus;
import dev.vpmu.generator.perf.InventedCpus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Over random schedules, every party is told what the work contained. */
class ConservationTest {

    private static final int OPERATIONS = 60;

    @TestFactory
    Stream<DynamicTest> everyPartyIsToldWhatTheWorkContained() throws IOException {
        List<DescribedCpu> cpus = new ArrayList<>(InventedCpus.withBroadwell());
        cpus.addAll(SketchedCpus.described());
        LongStream.range(0, Integer.getInteger("drawn", 20)).mapToObj(DrawnCpu::of).forEach(cpus::add);
        List<ConservedCpu> all = new ArrayList<>();
        for (Subject subject : Subjects.load(cpus).all()) {
            for (boolean smt : new boolean[] {true, false}) {
                if (EventWord.of(subject.model()).isPresent()) {
                    ConservedCpu cpu = new ConservedCpu(subject.name() + (smt ? " with SMT" : " without SMT"), subject.model(), subject.door(), smt);
                    if (cpu.isSuitable()) {
                        all.add(cpu);
                    }
                }
            }
        }
        return all.stream().map(cpu -> DynamicTest.dynamicTest(cpu.toString(), () -> test(cpu, Integer.getInteger("schedules", 60))));
    }

    private static void test(ConservedCpu cpu, int schedules) {
        Tally tally = new Tally();
        for (int i = 0; i < schedules; i++) {
            long seed = Long.getLong("vpmu.seed", cpu.toString().hashCode() * 1_000_003L + i);
            ScheduleDraw draw = new ScheduleDraw(cpu, new SplittableRandom(seed));
            List<Operation> schedule = draw.schedule(OPERATIONS);
            Optional<String> complaint = Play.complaint(cpu, draw.setting(), schedule, tally);
            if (complaint.isPresent()) {
                fail(cpu + ", seed " + seed + ", " + draw.setting() + ": " + shrunk(cpu, draw.setting(), schedule, complaint.get()));
            }
        }
        System.out.println(cpu + ": " + tally);
    }

    /** The shortest schedule that is found by leaving out operations of one that fails, with what it shows. */
    private static String shrunk(ConservedCpu cpu, Setting setting, List<Operation> schedule, String complaint) {
        List<Operation> shortest = new ArrayList<>(schedule);
        String message = complaint;
        for (int size = Math.max(1, shortest.size() / 2); size > 0; size = size == 1 ? 0 : size / 2) {
            for (int start = 0; start + size <= shortest.size();) {
                List<Operation> shorter = new ArrayList<>(shortest);
                shorter.subList(start, start + size).clear();
                Optional<String> still = Play.complaint(cpu, setting, shorter, new Tally());
                if (still.isPresent()) {
                    shortest = shorter;
                    message = still.get();
                } else {
                    start++;
                }
            }
        }
        return message + "\n" + shortest.stream().map(operation -> "  " + operation).collect(Collectors.joining("\n"));
    }
}
