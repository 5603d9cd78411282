package dev.vpmu.generator.machine.owning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The host's NMI watchdog, and a guest that wants its counter (domain.md §12.1 on the register-oriented virtual PMU; SEED-6). */
class WatchdogTest {

    private static final long SELECTOR = Intel.selector(Work.BRANCHES);

    @ParameterizedTest(name = "the watchdog goes on elsewhere as long as the guest leaves it a counter, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void moves(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        PerfEvent watchdog = watchdog(stage);
        int before = watchdog.counter();
        OwningGuest guest = stage.guest();
        stage.work(stage.first, Work.of(100, 0));
        own(guest, 1L << before);
        assertEquals(State.ACTIVE, watchdog.state());
        assertNotEquals(before, watchdog.counter());
        guest.work(Work.of(1_000, 0));
        stage.work(stage.first, Work.of(50, 0));
        assertEquals(150, watchdog.read(), "its count goes along, without the guest's cycles");
    }

    @ParameterizedTest(name = "with no counter left the watchdog is in error, and the guest counts, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void isEvicted(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        PerfEvent watchdog = watchdog(stage);
        OwningGuest guest = stage.guest();
        own(guest, cpu.counters());
        assertEquals(State.ERROR, watchdog.state());
        guest.enable(cpu.counters());
        guest.work(Work.of(1_000, 30));
        for (int counter = 0; counter < cpu.general(); counter++) {
            assertEquals(30, guest.value(counter));
        }
        assertEquals(1_000, guest.value(Intel.FIXED + 1));
    }

    private static PerfEvent watchdog(Stage stage) {
        PerfEvent watchdog = stage.first.perf().watchdog(true);
        assertEquals(State.ACTIVE, watchdog.state());
        return watchdog;
    }

    private static void own(OwningGuest guest, long counters) {
        for (int counter = 0; counter < guest.cpu().general(); counter++) {
            if ((counters >>> counter & 1) != 0) {
                guest.wrmsr(Intel.EVENTSEL + counter, SELECTOR);
            }
        }
        long fixed = guest.cpu().fixed().stream().filter(index -> (counters >>> Intel.FIXED + index & 1) != 0).mapToLong(index -> 3L << 4 * index).sum();
        if (fixed != 0) {
            guest.wrmsr(Intel.FIXED_CTR_CTRL, fixed);
        }
    }
}
