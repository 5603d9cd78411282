package dev.vpmu.runtime.perf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Small sets whose assignments can be seen, and large ones that must not take long. */
class FeasibleAssignmentTest {

    private static final int PAIRED = PerfCore.PAIRED;
    private static final long FIXED = 3L << 32;
    private static final int ANY = 16;

    private static int[] plain(int events) {
        return new int[events];
    }

    private static int[] of(int mostGeneral, long... allowed) {
        return FeasibleAssignment.of(allowed, plain(allowed.length), 0, mostGeneral, FIXED);
    }

    @Test
    void nothingAlwaysHasAPlace() {
        assertArrayEquals(new int[0], of(0));
    }

    @Test
    void findsThePlacesThatTheSchedulerMisses() {
        assertArrayEquals(new int[] {2, 0, 1}, sortedFrom(1, of(ANY, 0b101, 0b011, 0b011)));
    }

    /** Alike events from {@code first} on may be on each other's counters. */
    private static int[] sortedFrom(int first, int[] counters) {
        Arrays.sort(counters, first, counters.length);
        return counters;
    }

    @Test
    void findsNoneForTooManyEvents() {
        assertNull(of(ANY, 0b11, 0b11, 0b11));
        assertNull(of(ANY, 0));
    }

    @Test
    void leavesUsedCountersAlone() {
        assertArrayEquals(new int[] {1}, FeasibleAssignment.of(new long[] {0b11}, plain(1), 0b01, ANY, FIXED));
        assertNull(FeasibleAssignment.of(new long[] {0b11}, plain(1), 0b11, ANY, FIXED));
        assertNull(FeasibleAssignment.of(new long[] {0b01}, new int[] {PAIRED}, 0b10, ANY, FIXED));
    }

    @Test
    void putsAsManyOnFixedCountersAsTheLimitAsksFor() {
        long both = 1L << 32 | 0b1;
        assertArrayEquals(new int[] {33, 32}, of(0, FIXED, both));
        assertArrayEquals(new int[] {33, 32, 1}, of(1, FIXED, both, 0b10));
        assertNull(of(0, FIXED, both, 0b10));
    }

    @Test
    void countersThatAreUsedDoNotCountTowardsTheLimit() {
        assertArrayEquals(new int[] {2}, FeasibleAssignment.of(new long[] {0b111}, plain(1), 0b11, 1, FIXED));
    }

    @Test
    void aPairLeavesNeitherOfItsCountersToOthers() {
        int[] traits = {0, PAIRED, 0};
        assertArrayEquals(new int[] {0, 2, 1}, sortedEnds(FeasibleAssignment.of(new long[] {0b1111, 0b0101, 0b0011}, traits, 0, 4, FIXED)));
        assertNull(FeasibleAssignment.of(new long[] {0b1111, 0b0101, 0b0011}, traits, 0, 3, FIXED));
        assertNull(FeasibleAssignment.of(new long[] {0b0111, 0b0001, 0b0010}, traits, 0, 4, FIXED));
    }

    private static int[] sortedEnds(int[] three) {
        return three[0] < three[2] ? three : new int[] {three[2], three[1], three[0]};
    }

    @Test
    void aPairHasNoPlaceOnTheLastBit() {
        assertNull(FeasibleAssignment.of(new long[] {1L << 63}, new int[] {PAIRED}, 0, ANY, FIXED));
    }

    /* ------------------------------------------------------------- extra registers */

    private static int[] withRegisters(long[][] allowed, int[][] registers, long[][] values) {
        return FeasibleAssignment.of(allowed, registers, values, plain(allowed.length), 0, ANY, FIXED);
    }

    @Test
    void eventsShareARegisterWithOneValue() {
        long[][] allowed = {{0b11}, {0b11}};
        int[][] registers = {{0}, {0}};
        assertNotNull(withRegisters(allowed, registers, new long[][] {{7}, {7}}));
        assertNull(withRegisters(allowed, registers, new long[][] {{7}, {8}}));
    }

    @Test
    void anotherValueGoesToAnotherRegister() {
        long[][] allowed = {{0b111, 0b111}, {0b111, 0b111}, {0b111}};
        long[][] values = {{7, 7}, {8, 8}, {8}};
        assertNotNull(withRegisters(allowed, new int[][] {{0, 1}, {0, 1}, {0}}, values));
        assertNotNull(withRegisters(allowed, new int[][] {{0, 1}, {0, 1}, {1}}, values));
        assertNull(withRegisters(allowed, new int[][] {{0, 1}, {0, 1}, {0}}, new long[][] {{7, 7}, {8, 8}, {9}}));
    }

    @Test
    void theRegisterIsChosenForItsCounters() {
        long[][] allowed = {{0b01, 0b10}, {0b01}};
        assertArrayEquals(new int[] {1, 0}, withRegisters(allowed, new int[][] {{0, 1}, {-1}}, new long[][] {{7, 7}, {0}}));
    }

    @Test
    void aSharedRegisterIsLeftIfItsCountersAreTooFew() {
        long[][] allowed = {{0b001, 0b010}, {0b001, 0b010}};
        assertNotNull(withRegisters(allowed, new int[][] {{0, 1}, {0, 1}}, new long[][] {{7, 7}, {7, 7}}));
    }

    /* ------------------------------------------------------------- time */

    private static long[] repeat(int events, long mask) {
        long[] allowed = new long[events];
        Arrays.fill(allowed, mask);
        return allowed;
    }

    @Test
    void fourteenEventsOnSixteenCountersAreQuick() {
        long[] crowded = repeat(14, 0x1FFF);
        int[] sevenPairs = IntStream.range(0, 8).map(event -> event < 7 ? PAIRED : 0).toArray();
        long[] pairs = repeat(8, 0xFFFF);
        pairs[7] = 0;
        assertTimeoutPreemptively(Duration.ofSeconds(1), () -> {
            assertNull(of(ANY, crowded));
            assertNull(of(13, repeat(14, 0xFFFF)));
            assertNull(FeasibleAssignment.of(pairs, sevenPairs, 0, 16, FIXED));
        });
    }

    @Test
    void alikeEventsAreNotTriedOnAllCombinationsOfRegisters() {
        int events = 30;
        long[][] allowed = new long[events][];
        int[][] registers = new int[events][];
        long[][] values = new long[events][];
        for (int event = 0; event < events; event++) {
            allowed[event] = new long[] {0xFFFF_FFFFL, 0xFFFF_FFFFL};
            registers[event] = new int[] {0, 1};
            values[event] = new long[] {7, 7};
        }
        registers[events - 2] = new int[] {1, 1};
        registers[events - 1] = new int[] {1, 1};
        values[events - 1] = new long[] {8, 8};
        assertTimeoutPreemptively(Duration.ofSeconds(2),
                () -> assertNull(FeasibleAssignment.of(allowed, registers, values, plain(events), 0, 32, FIXED)));
    }
}
