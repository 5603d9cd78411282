package dev.vpmu.cpus.reservation;

import static dev.vpmu.cpus.reservation.Machine.FIXED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** A guest that programs every counter it is given, and expects that nobody but itself counts there, and to hear of each overflow once. */
final class NaiveGuest {

    private static final Work[] ANYWHERE = {Work.BRANCHES, Work.MISSES, Work.LOADS, Work.CYCLES, Work.INSTRUCTIONS};
    private static final long WIDTH = -1L >>> 16;

    private record Programmed(Work work, long value) {
    }

    private final Machine machine;
    private final Random random;
    private final Map<Integer, Programmed> counters = new TreeMap<>();
    private final Map<Integer, Integer> heard = new TreeMap<>();

    NaiveGuest(Machine machine, Random random) {
        this.machine = machine;
        this.random = random;
        machine.perf.register(overflows -> each(overflows, counter -> heard.merge(counter, 1, Integer::sum)));
    }

    /** It gives counters back. */
    void giveBack(long mask) {
        each(mask, counter -> {
            machine.clear(counter);
            counters.remove(counter);
        });
    }

    /** It has been given counters. */
    void take(long mask) {
        each(mask, counter -> {
            Work work = counter == FIXED + 2 ? Work.REFERENCE_CYCLES : counter == FIXED + 1 ? Work.CYCLES : counter == FIXED ? Work.INSTRUCTIONS
                    : ANYWHERE[random.nextInt(ANYWHERE.length)];
            long value = -1 - random.nextInt(3000) & WIDTH;
            machine.program(counter, work, value);
            counters.put(counter, new Programmed(work, value));
        });
    }

    /** It runs; the counters it has are the only ones that do. */
    void work(long mask) {
        Map<Integer, Integer> expected = new TreeMap<>();
        counters.replaceAll((counter, programmed) -> {
            long sum = programmed.value + programmed.work.each;
            if (sum > WIDTH) {
                expected.put(counter, 1);
            }
            return new Programmed(programmed.work, sum & WIDTH);
        });
        machine.guestWork(mask);
        assertEquals(expected, heard, "overflows of the guest's counters");
        heard.clear();
    }

    /** Its counters are as it left them. */
    void check() {
        assertEquals(Map.of(), heard, "overflows that are not the guest's");
        counters.forEach((counter, programmed) -> {
            assertEquals(programmed.value, machine.value(counter), () -> "the guest's counter " + counter);
            if (counter < FIXED) {
                assertEquals(programmed.work.selector | Machine.ENABLED, machine.selector(counter), () -> "the guest's selector " + counter);
            }
        });
    }

    private static void each(long mask, IntConsumer action) {
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            action.accept(Long.numberOfTrailingZeros(rest));
        }
    }
}
