package dev.vpmu.generator.hardware.mutation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.emit.MemoryCompiler;
import dev.vpmu.generator.hardware.agreement.Subject;
import dev.vpmu.generator.hardware.agreement.Subjects;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.naive.SketchedCpus;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Mistakes put into the generated hardware on purpose are found by comparing it with the interpreter on random programs. Those that
 * nobody can see are left out, with the reason in {@link Mutant#harmless}; what survives beside them is printed.
 */
class MutantsTest {

    private static final String PACKAGE = "vpmu.intel.";
    private static final String HARDWARE = PACKAGE + "BroadwellEPHardware";
    private static final long SEED = Long.getLong("vpmu.seed", 20_181_101);
    private static final double KILLED_AT_LEAST = 0.95;

    @Test
    void mistakesInTheGeneratedHardwareAreFound() throws Exception {
        Subjects subjects = Subjects.load(List.of(new DescribedCpu("vpmu.intel", "BroadwellEP", "", SketchedCpus.broadwellEp())));
        Subject broadwell = subjects.all().get(0);
        Map<String, String> sources = new TreeMap<>();
        subjects.sources().forEach((name, text) -> {
            if (name.startsWith(PACKAGE)) {
                sources.put(name, text);
            }
        });
        List<Mutant> mutants = new ArrayList<>(Mutant.of(sources.get(HARDWARE)).stream().filter(mutant -> mutant.harmless().isEmpty()).toList());
        Collections.shuffle(mutants, new Random(SEED));
        int wanted = Effort.of(200, mutants.size());
        int tried = 0;
        List<String> survivors = new ArrayList<>();
        List<Expectation> expectations = List.of(new Expectation(broadwell, true), new Expectation(broadwell, false));
        for (Mutant mutant : mutants) {
            Optional<Constructor<?>> wrong = compiled(mutant, sources);
            if (tried == wanted) {
                break;
            }
            if (wrong.isPresent()) {
                tried++;
                if (expectations.stream().noneMatch(expectation -> expectation.isFound(wrong.get()))) {
                    survivors.add(mutant.toString());
                }
            }
        }
        String report = survivors.size() + " of " + tried + " mistakes (of " + mutants.size() + " possible ones, seed " + SEED + ") were not found:\n" + String.join("\n", survivors);
        System.out.println(report);
        assertTrue(tried >= 200, "only " + tried + " mistakes compile");
        assertTrue(survivors.size() <= (1 - KILLED_AT_LEAST) * tried, report);
    }

    private static Optional<Constructor<?>> compiled(Mutant mutant, Map<String, String> sources) throws ReflectiveOperationException {
        Map<String, String> changed = new TreeMap<>(sources);
        changed.put(HARDWARE, mutant.in(sources.get(HARDWARE)));
        try {
            return Optional.of(MemoryCompiler.load(changed).loadClass(HARDWARE).getConstructor(boolean.class));
        } catch (AssertionError doesNotCompile) {
            return Optional.empty();
        }
    }
}
