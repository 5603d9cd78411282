package dev.vpmu.generator.machine.owning;

import static dev.vpmu.generator.machine.owning.Intel.FIXED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guests' accesses to registers of counters that they own, and of those that they do not (domain.md §12.8, patch 3). */
class DirectRegistersTest {

    private static final long RAW = 0x00FF_0123_4567_89ABL;
    private static final long LOW_NEGATIVE = 0x1234_8000_0001L;
    private static final long SELECTOR = Intel.selector(Work.BRANCHES);
    private static final long RESERVED_BIT = 1L << 40;
    private static final long FIXED_1 = 1L << FIXED + 1;

    /* ------------------------------------------------------------- 12 */

    @ParameterizedTest(name = "SEED-12 A: who enables a counter owns it, who disables it returns it to the host, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void ownershipFollowsLocalEnable(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        PerfEvent pushed = stage.open(stage.first, Stage.misses());
        assertEquals(0, pushed.counter());
        ownership(stage);
        assertEquals(State.ACTIVE, pushed.state());
        assertEquals(1, pushed.counter(), "it went on elsewhere");
        assertEquals(0, stage.happenings.takeInterrupts().size());
    }

    @ParameterizedTest(name = "SEED-12 P: who enables a counter owns it, who disables it returns it to the host, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void ownershipFollowsLocalEnableAsPosted(OwnedCpu cpu) {
        ownership(Stage.posted(cpu));
    }

    private static void ownership(Stage stage) {
        OwningGuest guest = stage.guest();
        assertEquals(0, Stage.reserved(stage.first), "resets enable nothing locally");
        // opened now, as nothing can be validated against what is reserved (D4)
        PerfEvent waiting = stage.open(stage.first, Stage.misses().counters(1).disabled());
        guest.wrmsr(Intel.EVENTSEL, SELECTOR);
        assertEquals(1, Stage.reserved(stage.first));
        guest.wrmsr(Intel.FIXED_CTR_CTRL, 0xB0);
        assertEquals(FIXED_1 | 1, Stage.reserved(stage.first));
        stage.tick(stage.first);
        stage.first.perf().enable(waiting);
        assertEquals(State.INACTIVE, waiting.state());
        guest.wrmsr(Intel.EVENTSEL, SELECTOR & ~Intel.ENABLE);
        assertEquals(FIXED_1, Stage.reserved(stage.first));
        guest.wrmsr(Intel.FIXED_CTR_CTRL, 0);
        assertEquals(0, Stage.reserved(stage.first));
        stage.rotate(stage.first);
        assertEquals(0, waiting.counter(), "the host has it again");
        stage.work(stage.first, Work.of(100, 0).misses(42));
        assertEquals(42, waiting.read());
    }

    /* ------------------------------------------------------------- 13 */

    @ParameterizedTest(name = "SEED-13 A: GLOBAL_CTRL stops and starts what is owned, and leaves it owned, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void globalControlDoesNotMoveOwnership(OwnedCpu cpu) {
        globalControl(Stage.intended(cpu));
    }

    @ParameterizedTest(name = "SEED-13 P: GLOBAL_CTRL stops and starts what is owned, and leaves it owned, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void globalControlDoesNotMoveOwnershipAsPosted(OwnedCpu cpu) {
        globalControl(Stage.posted(cpu));
    }

    private static void globalControl(Stage stage) {
        OwningGuest guest = stage.guest();
        guest.select(0, SELECTOR, 0);
        guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x30);
        for (int round = 1; round <= 3; round++) {
            guest.enable(FIXED_1 | 1);
            assertEquals(FIXED_1 | 1, Stage.reserved(stage.first));
            guest.work(Work.of(100, 7));
            guest.enable(0);
            assertEquals(FIXED_1 | 1, Stage.reserved(stage.first));
            guest.work(Work.of(100, 7));
            assertEquals(7 * round, guest.value(0));
            assertEquals(100 * round, guest.value(FIXED + 1));
        }
    }

    /* ------------------------------------------------------------- 14 */

    @ParameterizedTest(name = "SEED-14 A: a selector without enable leaves the host''s event on a counter that was never owned intact, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void disablingWhatIsNotOwned(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        assertEquals(42 + 42, countsAround(stage).read());
    }

    @ParameterizedTest(name = "SEED-14 P: it stops the host''s event (D6), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void disablingWhatIsNotOwnedAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        assertEquals(42, countsAround(stage).read());
        assertEquals(SELECTOR & ~Intel.ENABLE, stage.first.hardware().rdmsr(Intel.EVENTSEL));
    }

    private static PerfEvent countsAround(Stage stage) {
        PerfEvent event = stage.open(stage.first, Stage.misses().counters(1));
        OwningGuest guest = stage.guest();
        stage.work(stage.first, Work.of(100, 0).misses(42));
        guest.wrmsr(Intel.EVENTSEL, SELECTOR & ~Intel.ENABLE);
        stage.work(stage.first, Work.of(100, 0).misses(42));
        assertEquals(0, event.counter());
        return event;
    }

    /* ------------------------------------------------------------- 15 */

    @ParameterizedTest(name = "SEED-15 A: a counter reads what its width rules made of a write, owned or not, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void widthRules(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        OwningGuest guest = stage.guest();
        for (int step = 0; step < 2; step++) {
            for (int counter = 0; counter < cpu.general(); counter++) {
                assertWritten(0x4567_89AB, guest, Intel.PMC + counter, RAW);
                assertEquals(0x4567_89AB, guest.rdmsr(Intel.FULL_WIDTH + counter));
                assertWritten(0xFFFF_8000_0001L, guest, Intel.PMC + counter, LOW_NEGATIVE);
                assertWritten(LOW_NEGATIVE, guest, Intel.FULL_WIDTH + counter, LOW_NEGATIVE);
                assertEquals(LOW_NEGATIVE, guest.rdmsr(Intel.PMC + counter));
                int address = Intel.FULL_WIDTH + counter;
                assertThrows(GeneralProtectionFault.class, () -> guest.wrmsr(address, RAW));
                assertEquals(LOW_NEGATIVE, guest.rdmsr(address), "nothing has changed");
            }
            for (int index : cpu.fixed()) {
                assertWritten(RAW & Intel.WIDTH, guest, Intel.FIXED_CTR + index, RAW);
            }
            own(guest);
        }
        assertEquals(cpu.counters(), Stage.reserved(stage.first));
    }

    @ParameterizedTest(name = "SEED-15 P: one that is not owned reads what was written, whatever its width (D10), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void rawValuesAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        OwningGuest guest = stage.guest();
        for (int counter = 0; counter < cpu.general(); counter++) {
            assertWritten(RAW, guest, Intel.PMC + counter, RAW);
            int fullWidth = Intel.FULL_WIDTH + counter;
            assertThrows(GeneralProtectionFault.class, () -> guest.wrmsr(fullWidth, 0), "D12: guests have no full-width addresses");
        }
        for (int index : cpu.fixed()) {
            assertWritten(RAW, guest, Intel.FIXED_CTR + index, RAW);
            guest.wrmsr(Intel.FIXED_CTR + index, 0);
        }
        own(guest);
        for (int counter = 0; counter < cpu.general(); counter++) {
            assertWritten(0x4567_89AB, guest, Intel.PMC + counter, RAW);
        }
    }

    private static void assertWritten(long expected, OwningGuest guest, int address, long value) {
        guest.wrmsr(address, value);
        assertEquals(Long.toHexString(expected), Long.toHexString(guest.rdmsr(address)));
    }

    /** Enables every counter locally; none counts. */
    private static void own(OwningGuest guest) {
        OwnedCpu cpu = guest.cpu();
        for (int counter = 0; counter < cpu.general(); counter++) {
            guest.wrmsr(Intel.EVENTSEL + counter, SELECTOR);
        }
        guest.wrmsr(Intel.FIXED_CTR_CTRL, cpu.fixed().stream().mapToLong(index -> 3L << 4 * index).sum());
    }

    /* ------------------------------------------------------------- 16 */

    @ParameterizedTest(name = "SEED-16 A: a selector with a reserved bit or AnyThread is a #GP and changes nothing, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void reservedBits(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        OwningGuest guest = stage.guest();
        guest.wrmsr(Intel.EVENTSEL, SELECTOR);
        for (long bit : new long[] {RESERVED_BIT, Intel.ANY_THREAD}) {
            assertThrows(GeneralProtectionFault.class, () -> guest.wrmsr(Intel.EVENTSEL, SELECTOR | Intel.INTERRUPTS | bit));
            assertThrows(GeneralProtectionFault.class, () -> guest.wrmsr(Intel.EVENTSEL + 1, SELECTOR | bit));
        }
        assertThrows(GeneralProtectionFault.class, () -> guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x4), "AnyThread of a fixed counter");
        assertEquals(SELECTOR, guest.rdmsr(Intel.EVENTSEL));
        assertEquals(0, guest.rdmsr(Intel.EVENTSEL + 1));
        assertEquals(1, Stage.reserved(stage.first));
    }

    @ParameterizedTest(name = "SEED-16 P: it reaches hardware, which faults the host or counts for both threads (D11), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void reservedBitsAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        OwningGuest guest = stage.guest();
        assertThrows(GeneralProtectionFault.class, () -> guest.wrmsr(Intel.EVENTSEL, SELECTOR | RESERVED_BIT));
        assertEquals(SELECTOR | RESERVED_BIT, guest.rdmsr(Intel.EVENTSEL), "it was no check that faulted");
        if (cpu.anyThread()) {
            guest.wrmsr(Intel.EVENTSEL + 1, SELECTOR | Intel.ANY_THREAD);
            assertEquals(SELECTOR | Intel.ANY_THREAD, stage.first.hardware().rdmsr(Intel.EVENTSEL + 1));
        }
    }

    /* ------------------------------------------------------------- 17 */

    @ParameterizedTest(name = "SEED-17 A: FIXED_CTR_CTRL 8 owns nothing, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void interruptWithoutEnable(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        OwningGuest guest = stage.guest();
        guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x8);
        assertEquals(0, Stage.reserved(stage.first));
        assertEquals(0, stage.first.hardware().rdmsr(Intel.FIXED_CTR_CTRL));
        assertEquals(0x8, guest.rdmsr(Intel.FIXED_CTR_CTRL));
    }

    @ParameterizedTest(name = "SEED-17 P: it owns the counter, which cannot count (D13), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void interruptWithoutEnableAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        OwningGuest guest = stage.guest();
        guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x8);
        assertEquals(1L << FIXED, Stage.reserved(stage.first));
        assertEquals(0x8, stage.first.hardware().rdmsr(Intel.FIXED_CTR_CTRL));
    }

    /* ------------------------------------------------------------- 18 */

    @ParameterizedTest(name = "SEED-18 A: OVF_CTRL clears a status bit, and a write of STATUS is a #GP, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void statusAndItsClear(OwnedCpu cpu) {
        statusAndClear(Stage.intended(cpu));
    }

    @ParameterizedTest(name = "SEED-18 P: OVF_CTRL clears a status bit, and a write of STATUS is a #GP, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void statusAndItsClearAsPosted(OwnedCpu cpu) {
        statusAndClear(Stage.posted(cpu));
    }

    private static void statusAndClear(Stage stage) {
        OwningGuest guest = stage.guest();
        stage.idle(stage.first);
        stage.schedule(stage.first, guest);
        guest.select(0, SELECTOR | Intel.INTERRUPTS, -10);
        guest.select(1, SELECTOR | Intel.INTERRUPTS, -10);
        guest.enable(3);
        guest.work(Work.of(100, 20));
        assertEquals(3, guest.status());
        assertThrows(GeneralProtectionFault.class, () -> guest.wrmsr(Intel.STATUS, 0));
        guest.wrmsr(Intel.OVF_CTRL, 1);
        assertEquals(2, guest.status());
        guest.wrmsr(Intel.OVF_CTRL, 2);
        assertEquals(0, guest.status());
        assertThrows(GeneralProtectionFault.class, () -> guest.wrmsr(Intel.OVF_CTRL, 1L << 30));
    }

    @ParameterizedTest(name = "SEED-18 A: an overflow without a PMI is in STATUS, too, and OVF_CTRL clears it in hardware, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void overflowWithoutInterrupt(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        OwningGuest guest = stage.guest();
        overflowSilently(guest);
        assertEquals(1, guest.status());
        guest.wrmsr(Intel.OVF_CTRL, 1);
        assertEquals(0, guest.status());
        assertEquals(0, stage.first.hardware().rdmsr(Intel.STATUS));
    }

    @ParameterizedTest(name = "SEED-18 P: such an overflow shows only in hardware (D17), and stays there (D18), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void overflowWithoutInterruptAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        OwningGuest guest = stage.guest();
        overflowSilently(guest);
        assertEquals(0, guest.status());
        guest.wrmsr(Intel.OVF_CTRL, 1);
        assertNotEquals(0, stage.first.hardware().rdmsr(Intel.STATUS) & 1);
        assertTrue(stage.happenings.takeInterrupts().isEmpty());
    }

    private static void overflowSilently(OwningGuest guest) {
        guest.select(0, SELECTOR, -10);
        guest.enable(1);
        guest.work(Work.of(100, 20));
    }
}
