package dev.vpmu.generator.machine.owning;

import static dev.vpmu.generator.machine.owning.Intel.FIXED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.perf.PerfEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guests that come and go with counters that they own (domain.md §12.8, patches 7 and 8). */
class SwitchingTest {

    private static final long SELECTOR = Intel.selector(Work.BRANCHES);
    private static final int ROUNDS = 5;

    private static void sample(OwningGuest guest, long branches) {
        guest.select(0, SELECTOR | Intel.INTERRUPTS, -branches);
        guest.enable(1);
    }

    /* ------------------------------------------------------------- 24 */

    @ParameterizedTest(name = "SEED-24 A: a preempted guest finds its counters as it left them, whoever used them meanwhile, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void preempted(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        OwningGuest guest = stage.guest();
        guest.wrmsr(Intel.FIXED_CTR, 0x8765_4321_0123L);
        guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x3);
        guest.enable(0);
        beyond31Bits(guest);
        guest.wrmsr(Intel.FULL_WIDTH + 1, 0x9234_5678_9ABCL);
        guest.wrmsr(Intel.EVENTSEL + 1, SELECTOR);
        preempt(stage, guest);
        assertEquals(0x8000_0009L, guest.value(0));
        assertEquals(0x9234_5678_9ABCL, guest.value(1));
        assertEquals(0x8765_4321_0123L, guest.value(FIXED));
    }

    @ParameterizedTest(name = "SEED-24 P: a value of 31 bits or more comes back with its low half extended (D9), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void preemptedAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        OwningGuest guest = stage.guest();
        beyond31Bits(guest);
        preempt(stage, guest);
        assertEquals(0xFFFF_8000_0009L, guest.value(0));
    }

    /** Counter 0 counts from 2³¹ - 1 to 2³¹ + 9. */
    private static void beyond31Bits(OwningGuest guest) {
        guest.select(0, SELECTOR, 0x7FFF_FFFF);
        guest.enable(1);
        guest.work(Work.of(100, 10));
        guest.enable(0);
        assertEquals(0x8000_0009L, guest.value(0));
    }

    private static void preempt(Stage stage, OwningGuest guest) {
        HostThread other = new HostThread("other");
        stage.schedule(stage.first, other);
        PerfEvent theirs = stage.open(other, Stage.misses().counters(1));
        assertEquals(0, theirs.counter());
        stage.work(stage.first, Work.of(1_000, 500).misses(77));
        assertEquals(77, theirs.read());
        stage.schedule(stage.first, guest);
        assertEquals(77, theirs.read());
    }

    /* ------------------------------------------------------------- 25 */

    @ParameterizedTest(name = "SEED-25 A: while a guest is preempted nothing of its counts, and no PMI comes, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void preemptedBeforeAnOverflow(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        OwningGuest guest = stage.guest();
        sample(guest, 100);
        guest.work(Work.of(100, 90));
        hostWorks(stage);
        assertEquals(0, stage.first.hardware().rdpmc(0));
        assertEquals(0, stage.happenings.takeInterrupts().size());
        stage.schedule(stage.first, guest);
        assertEquals(-10 & Intel.WIDTH, guest.value(0));
        guest.work(Work.of(100, 9));
        assertEquals(0, guest.status());
        guest.work(Work.of(100, 1));
        assertEquals(1, guest.status());
    }

    @ParameterizedTest(name = "SEED-25 P: its selector counts what the host does, and interrupts it (D7), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void preemptedBeforeAnOverflowAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        OwningGuest guest = stage.guest();
        sample(guest, 100);
        guest.work(Work.of(100, 90));
        hostWorks(stage);
        assertEquals(990, stage.first.hardware().rdpmc(0), "a count of the host's, in a counter of nobody's");
        assertNotEquals(0, stage.happenings.takeInterrupts().size());
    }

    private static void hostWorks(Stage stage) {
        stage.idle(stage.first);
        PerfEvent event = stage.open(stage.first, Stage.misses().counters(2));
        stage.work(stage.first, Work.of(2_000, 1_000).misses(5));
        assertEquals(5, event.read());
    }

    /* ------------------------------------------------------------- 26 */

    @ParameterizedTest(name = "SEED-26 A: a guest that comes back from user space on another CPU counts on there, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void migrated(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        OwningGuest guest = stage.guest();
        migrate(stage, guest);
        assertEquals(0, Stage.reserved(stage.first));
        assertEquals(1, Stage.reserved(stage.second));
        assertEquals(50, guest.value(0));
    }

    @ParameterizedTest(name = "SEED-26 P: the old CPU keeps the reservation, the new one is not programmed (D15), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void migratedAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        OwningGuest guest = stage.guest();
        migrate(stage, guest);
        assertEquals(1, Stage.reserved(stage.first));
        assertEquals(0, Stage.reserved(stage.second));
        assertEquals(0, guest.value(0), "what the new CPU's counter holds");
    }

    private static void migrate(Stage stage, OwningGuest guest) {
        guest.select(0, SELECTOR, 0);
        guest.enable(1);
        guest.work(Work.of(100, 30));
        guest.returnToUserSpace();
        stage.work(stage.first, Work.of(100, 70));
        stage.idle(stage.first);
        stage.schedule(stage.second, guest);
        guest.run();
        guest.work(Work.of(100, 20));
    }

    /* ------------------------------------------------------------- 27 */

    @ParameterizedTest(name = "SEED-27 A: guests that take turns count each its own, and the CPU has given up what the loaded one owns, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void timeSharing(OwnedCpu cpu) {
        takeTurns(Stage.intended(cpu));
    }

    @ParameterizedTest(name = "SEED-27 P: guests that take turns count each its own, and the CPU has given up what the loaded one owns, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void timeSharingAsPosted(OwnedCpu cpu) {
        takeTurns(Stage.posted(cpu));
    }

    private static void takeTurns(Stage stage) {
        OwningGuest one = stage.guest();
        one.select(0, SELECTOR, 0);
        one.select(1, SELECTOR, 0);
        one.enable(3);
        OwningGuest two = stage.guest();
        two.select(1, SELECTOR, 1_000);
        two.select(2, SELECTOR, 1_000);
        two.enable(6);
        for (int round = 0; round < ROUNDS; round++) {
            stage.schedule(stage.first, one);
            assertEquals(0b011, Stage.reserved(stage.first));
            one.work(Work.of(100, 3));
            stage.schedule(stage.first, two);
            assertEquals(0b110, Stage.reserved(stage.first));
            two.work(Work.of(100, 5));
            stage.idle(stage.first);
            assertEquals(0, Stage.reserved(stage.first));
            stage.work(stage.first, Work.of(100, 50));
        }
        stage.schedule(stage.first, one);
        assertEquals(3 * ROUNDS, one.value(0));
        assertEquals(3 * ROUNDS, one.value(1));
        assertEquals(0, one.value(2));
        stage.schedule(stage.first, two);
        assertEquals(0, two.value(0));
        assertEquals(1_000 + 5 * ROUNDS, two.value(1));
        assertEquals(1_000 + 5 * ROUNDS, two.value(2));
    }

    /* ------------------------------------------------------------- 28 */

    @ParameterizedTest(name = "SEED-28 A: an overflow before the first preemption reaches the guest, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void overflowBeforePreemption(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        OwningGuest guest = stage.guest();
        boolean[] handled = new boolean[1];
        guest.onPmi(() -> handled[0] = guest.status() == 1);
        sample(guest, 10);
        guest.work(Work.of(100, 10));
        assertTrue(handled[0]);
        assertEquals(1, stage.happenings.takeInjected());
    }

    @ParameterizedTest(name = "SEED-28 P: the NMI handler calls what is null (D14), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void overflowBeforePreemptionAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        // unmasks LVTPC, which for guests the callback's registration would
        stage.open(stage.first, Stage.misses().counters(2));
        OwningGuest guest = stage.guest();
        sample(guest, 10);
        assertThrows(IllegalStateException.class, () -> guest.work(Work.of(100, 10)));
    }

    /* ------------------------------------------------------------- 29 */

    @ParameterizedTest(name = "SEED-29 A: reset returns what is owned and zeroes every value, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void reset(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        assertEquals(0, resetWhileOwning(stage).value(0));
    }

    @ParameterizedTest(name = "SEED-29 P: reset zeroes every value, and then saves what hardware holds (D21), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void resetAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        assertEquals(30, resetWhileOwning(stage).value(0));
    }

    private static OwningGuest resetWhileOwning(Stage stage) {
        OwningGuest guest = stage.guest();
        guest.select(0, SELECTOR, 0);
        guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x30);
        guest.enable(1);
        guest.work(Work.of(100, 30));
        assertEquals(1, stage.machine.system().activeEvents());
        guest.reset();
        assertEquals(0, Stage.reserved(stage.first));
        assertEquals(0, stage.machine.system().activeEvents());
        assertEquals(0, guest.rdmsr(Intel.EVENTSEL));
        assertEquals(0, guest.rdmsr(Intel.FIXED_CTR_CTRL));
        assertEquals(0, guest.status());
        assertEquals(stage.cpu.generalCounters(), guest.rdmsr(Intel.GLOBAL_CTRL));
        assertEquals(0, guest.value(FIXED + 1));
        assertFalse(guest.vcpu.isPmiPending());
        return guest;
    }

    @ParameterizedTest(name = "SEED-29 A: a guest that is taken down in user space owns nothing any more, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void destroyed(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        OwningGuest guest = stage.guest();
        sample(guest, 100);
        guest.returnToUserSpace();
        assertEquals(0, Stage.reserved(stage.first));
        assertEquals(0, stage.machine.system().activeEvents());
        guest.reset();
        stage.idle(stage.first);
        assertEquals(0, Stage.reserved(stage.first));
    }

    @ParameterizedTest(name = "SEED-29 P: one that is in user space owns its counters until it is taken down (D15), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void destroyedAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        OwningGuest guest = stage.guest();
        sample(guest, 100);
        guest.returnToUserSpace();
        assertEquals(1, Stage.reserved(stage.first));
        guest.reset();
        assertEquals(0, Stage.reserved(stage.first));
        assertEquals(0, stage.machine.system().activeEvents());
    }
}
