package dev.vpmu.generator.perf.conservation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.perf.conservation.Tally.What;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Over random schedules of events, tasks, timers, guests and work, every party is told what the work contained. A schedule that shows
 * otherwise is shrunk and printed with its seed; {@code -Dvpmu.seed=…} runs it alone.
 *
 * <p>Broken on purpose, the library is found out, at the size of CI, where: a move or a leave does not fold; a start does not reload, or
 * not as wide as the counter; a fold is a bit too narrow, forgets what it has seen, or is left out at an overflow; a throttled event goes
 * on, or never goes on, or moves and starts; reserved counters run in the host, keep a status bit, or are no reason for NMIs; a callback
 * hears of too many counters; LVTPC stays masked; a sample is left out, taken twice, or due a moment too late; times miss a change of
 * state; an extra register is not written; user and kernel are confused. Not found, for nothing that is told depends on it: whether an
 * event that comes back has its counter's number taken for new.
 */
class ConservationTest {

    private static final int OPERATIONS = 60;
    private static final int SCHEDULES = Effort.of(3_000, 300_000);

    @TestFactory
    Stream<DynamicTest> everyPartyIsToldWhatTheWorkContained() {
        List<ConservedCpu> cpus = ConservedCpus.all();
        int each = Math.max(1, SCHEDULES / cpus.size());
        Tally all = new Tally();
        Stream<DynamicTest> tests = cpus.stream().map(cpu -> DynamicTest.dynamicTest(cpu + ", " + each + " schedules", () -> all.add(test(cpu, each))));
        return Stream.concat(tests, Stream.of(DynamicTest.dynamicTest("the schedules were about something", () -> check(all))));
    }

    private static Tally test(ConservedCpu cpu, int schedules) {
        Tally tally = new Tally();
        for (int i = 0; i < schedules; i++) {
            long seed = Long.getLong("vpmu.seed", cpu.toString().hashCode() * 1_000_003L + i);
            ScheduleDraw draw = new ScheduleDraw(cpu, new SplittableRandom(seed));
            List<Operation> schedule = draw.schedule(OPERATIONS);
            Optional<String> complaint = Play.complaint(cpu, draw.setting(), schedule, tally);
            if (complaint.isPresent()) {
                fail(cpu + ", seed " + seed + ", " + draw.setting() + ": " + Shrinking.shrunk(cpu, draw.setting(), schedule, complaint.get()));
            }
        }
        return tally;
    }

    /** Whether all that can happen did, and how often. */
    private static void check(Tally tally) {
        System.out.println("conservation: " + tally);
        for (What what : What.values()) {
            assertTrue(tally.of(what) > 0 || Long.getLong("vpmu.seed") != null, what + " never happened");
        }
        assertTrue(tally.of(What.ALWAYS_COUNTED) > tally.of(What.MULTIPLEXED), tally::toString);
    }
}
