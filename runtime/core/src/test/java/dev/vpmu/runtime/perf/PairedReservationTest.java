package dev.vpmu.runtime.perf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A reservation of a counter that is the second of a pair. */
class PairedReservationTest {

    private static final long PAIR = 0x11;

    @Test
    void aPairGivesWayWhereItsSecondCounterIsReserved() {
        FourCounters perf = new FourCounters(new PerfSystem());
        PerfEvent pair = open(perf);
        assertArrayEquals(new long[] {PAIR, PAIR + 1, 0, 0}, perf.programmed);
        assertTrue(perf.mask("guest", 2));
        assertEquals(2, pair.counter());
        assertArrayEquals(new long[] {0, 0, PAIR, PAIR + 1}, perf.programmed);
        assertTrue(perf.mask("guest", 0xA));
        assertEquals(PerfEvent.State.INACTIVE, pair.state());
    }

    @Test
    void asPostedItCollidesThere() {
        FourCounters perf = new FourCounters(new PerfSystem(PinnedChoice.EVICT_TO_ERROR, Set.of(AsPosted.D1)));
        List<Integer> collided = new ArrayList<>();
        perf.observe(new PerfObserver() {
            @Override
            public void collided(PerfEvent event, int counter) {
                collided.add(counter);
            }
        });
        open(perf);
        assertTrue(perf.mask("guest", 2));
        assertEquals(List.of(0), collided);
    }

    private static PerfEvent open(FourCounters perf) {
        return perf.open(perf.cpuContext(), EventAttributes.of("pair", PAIR).build(), OverflowHandler.NONE);
    }
}
