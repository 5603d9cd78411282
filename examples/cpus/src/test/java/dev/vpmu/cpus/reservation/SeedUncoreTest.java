package dev.vpmu.cpus.reservation;

import static dev.vpmu.cpus.reservation.Machine.GENERAL;
import static dev.vpmu.cpus.reservation.Machine.GUEST;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.AsPosted;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import dev.vpmu.runtime.perf.UnschedulableException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Patch 1 and what else assignment is used for: other PMUs, and the validation of groups. (domain.md §12.8, §6.5 D4.) */
class SeedUncoreTest {

    /** A second PMU, of a memory controller: four counters, of which two can hold clock ticks. Its driver borrows the core's assignment. */
    private record MemoryController(PerfCore driver) {

        private static final long CLOCK_TICKS = 0b0011;
        private static final long READS = 0b1111;
        private static final long FREE_RUNNING = 0b0001;

        int[] schedule(long... events) {
            return driver.assign(events);
        }
    }

    @Test
    @DisplayName("SEED-7 A: an uncore's events get their counters whatever the CPU has reserved")
    void anUncoreDoesNotSeeTheMask() {
        Machine machine = Machine.asIntended();
        MemoryController uncore = new MemoryController(machine.perf);
        for (long mask = 0; mask <= GENERAL; mask++) {
            assertTrue(machine.perf.mask(GUEST, mask));
            assertArrayEquals(new int[] {0}, uncore.schedule(MemoryController.CLOCK_TICKS));
            assertArrayEquals(new int[] {0}, uncore.schedule(MemoryController.FREE_RUNNING));
            assertArrayEquals(new int[] {2, 0, 1, 3}, uncore.schedule(MemoryController.READS, MemoryController.CLOCK_TICKS,
                    MemoryController.CLOCK_TICKS, MemoryController.READS));
        }
    }

    @Test
    @DisplayName("SEED-7 P: an uncore's events get another counter, or none, for the mask of the CPU that they are scheduled on")
    void anUncoreSeesTheMaskOfTheCpuItRunsOn() {
        Machine machine = Machine.asPosted(AsPosted.D4);
        MemoryController uncore = new MemoryController(machine.perf);
        assertArrayEquals(new int[] {0}, uncore.schedule(MemoryController.CLOCK_TICKS));
        assertTrue(machine.perf.mask(GUEST, 1));
        assertArrayEquals(new int[] {1}, uncore.schedule(MemoryController.CLOCK_TICKS));
        assertNull(uncore.schedule(MemoryController.FREE_RUNNING));
        assertNull(uncore.schedule(MemoryController.CLOCK_TICKS, MemoryController.CLOCK_TICKS));
        assertArrayEquals(new int[] {0}, new MemoryController(Machine.asPosted(AsPosted.D4).perf).schedule(MemoryController.CLOCK_TICKS),
                "another CPU has no mask");
    }

    @Test
    @DisplayName("D4 A: a group is judged by an empty PMU, and waits for counters that are reserved")
    void aGroupIsJudgedByAnEmptyPmu() {
        Machine machine = Machine.asIntended();
        assertTrue(machine.perf.mask(GUEST, GENERAL));
        PerfEvent waits = machine.open(Work.BRANCHES);
        assertEquals(State.INACTIVE, waits.state());
        assertTrue(machine.perf.verdict(four()).isAccepted());
        machine.perf.mask(GUEST, 0);
        machine.perf.rotate();
        assertEquals(0, waits.counter());
    }

    @Test
    @DisplayName("D4 P: a group is refused for good because the CPU it is opened on has counters reserved")
    void aGroupIsJudgedByTheMaskOfTheMoment() {
        Machine machine = Machine.asPosted(AsPosted.D4);
        assertTrue(machine.perf.verdict(four()).isAccepted());
        assertTrue(machine.perf.mask(GUEST, 8));
        assertFalse(machine.perf.verdict(four()).isAccepted());
        assertTrue(machine.perf.mask(GUEST, GENERAL));
        assertThrows(UnschedulableException.class, () -> machine.open(Work.BRANCHES));
    }

    private static List<EventAttributes> four() {
        EventAttributes one = Work.BRANCHES.attributes().build();
        return List.of(one, one, one, one);
    }
}
