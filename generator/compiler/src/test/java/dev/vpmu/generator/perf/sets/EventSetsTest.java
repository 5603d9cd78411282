package dev.vpmu.generator.perf.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.hardware.agreement.Subject;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.GroupVerdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random sets of events: whatever the scheduler accepts obeys the CPU's text, and what it refuses is impossible or known to be refused
 * although there is a way. A failure prints its set, shrunk, and its seed; {@code -Dvpmu.seed=…} draws it alone.
 */
class EventSetsTest {

    private static final int SETS = Effort.of(100_000, 3_000_000);
    private static final int OPENED_EVERY = 4;

    private static final Map<String, Tally> TALLIES = new TreeMap<>();
    private static final Tally DRAWN = new Tally();

    @TestFactory
    Stream<DynamicTest> schedulerKeepsToTheConstraintsAndSaysWhatItRefuses() {
        List<Subject> subjects = SetsCpus.all();
        int each = SETS / (2 * subjects.size()) + 1;
        return subjects.stream().flatMap(subject -> Stream.of(true, false).map(smt ->
                DynamicTest.dynamicTest(name(subject, smt) + ", " + each + " sets", () -> check(subject, smt, each))));
    }

    private static String name(Subject subject, boolean smt) {
        return subject.name() + (smt ? " with SMT" : " without SMT");
    }

    private static void check(Subject subject, boolean smt, int sets) {
        CoreUnderTest core = new CoreUnderTest(subject.model(), subject.door(), smt);
        Tally tally = new Tally();
        for (int i = 0; i < sets; i++) {
            long seed = Long.getLong("vpmu.seed", name(subject, smt).hashCode() * 1_000_003L + i);
            List<EventAttributes> set = new SetDraw(subject.model(), core.rules(), new SplittableRandom(seed)).set();
            boolean open = i % OPENED_EVERY == 0 && core.canBeOpened(set);
            GroupVerdict verdict = core.verdict(set);
            if (problem(core, set, verdict, open).isPresent()) {
                // what was left behind by other sets must not be what is wrong
                CoreUnderTest fresh = new CoreUnderTest(subject.model(), subject.door(), smt);
                List<EventAttributes> small = SmallerSets.smallest(set, events -> problem(fresh, events, fresh.verdict(events), open).isPresent());
                fail(name(subject, smt) + ", seed " + seed + ": " + problem(fresh, small, fresh.verdict(small), open)
                        .or(() -> problem(core, set, verdict, open)).orElse("only after others") + "\n" + core.shown(small));
            }
            tally.count(core, set, verdict, open);
        }
        assertEquals(0, core.core().activeCounters());
        if (SetsCpus.isDrawn(subject)) {
            DRAWN.add(tally);
        } else {
            TALLIES.put(name(subject, smt), tally);
        }
    }

    private static Optional<String> problem(CoreUnderTest core, List<EventAttributes> set, GroupVerdict verdict, boolean open) {
        return core.problem(set, verdict).or(() -> open ? core.problemOpened(set, verdict) : Optional.empty());
    }

    @AfterAll
    static void table() {
        Tally together = new Tally();
        System.out.println(Tally.header());
        TALLIES.forEach((name, tally) -> {
            together.add(tally);
            System.out.println(tally.line(name));
        });
        Map<Tally.Kind, String> smallest = new TreeMap<>(DRAWN.smallest());
        smallest.putAll(together.smallest());
        together.add(DRAWN);
        System.out.println(DRAWN.line(SetsCpus.all().stream().filter(SetsCpus::isDrawn).count() + " drawn CPUs"));
        System.out.println(together.line("together"));
        smallest.forEach((kind, reason) -> System.out.println(kind + ": " + reason));
    }
}
