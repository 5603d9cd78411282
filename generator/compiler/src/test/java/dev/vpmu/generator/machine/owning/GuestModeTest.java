package dev.vpmu.generator.machine.owning;

import static dev.vpmu.generator.machine.owning.Intel.FIXED;
import static dev.vpmu.generator.machine.owning.Intel.RDPMC_FIXED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts in guest mode and what does not, RDPMC, and that no event is ever created (domain.md §12.8, patches 4 to 6). */
class GuestModeTest {

    private static final long SELECTOR = Intel.selector(Work.BRANCHES);
    private static final long FIXED_1 = 1L << FIXED + 1;
    private static final int BIT_31 = 1 << 31;

    /* ------------------------------------------------------------- 19 */

    @ParameterizedTest(name = "SEED-19 A: GLOBAL_CTRL is global & assigned in the guest, and host & ~assigned in the host, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void globalControl(OwnedCpu cpu) {
        switched(Stage.intended(cpu));
    }

    @ParameterizedTest(name = "SEED-19 P: GLOBAL_CTRL is global & assigned in the guest, and host & ~assigned in the host, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void globalControlAsPosted(OwnedCpu cpu) {
        switched(Stage.posted(cpu));
    }

    private static void switched(Stage stage) {
        OwningGuest guest = stage.guest();
        stage.open(stage.first, Stage.misses().counters(4));
        guest.select(0, SELECTOR, 0);
        guest.select(1, SELECTOR, 0);
        guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x30);
        guest.enable(FIXED_1 | 0b1101);
        assertGlobal(stage, FIXED_1 | 1);
        stage.tick(stage.first);
        assertGlobal(stage, stage.cpu.counters() & ~(FIXED_1 | 0b11));
        guest.work(Work.of(10, 0));
        assertGlobal(stage, FIXED_1 | 1);
        guest.wrmsr(Intel.EVENTSEL, 0);
        assertGlobal(stage, FIXED_1);
        stage.tick(stage.first);
        assertGlobal(stage, stage.cpu.counters() & ~(FIXED_1 | 0b10) & ~(stage.invariants().areChecked() ? 0 : 1));
    }

    private static void assertGlobal(Stage stage, long expected) {
        assertEquals(Long.toHexString(expected), Long.toHexString(stage.first.hardware().rdmsr(Intel.GLOBAL_CTRL)));
    }

    /* ------------------------------------------------------------- 20 */

    @ParameterizedTest(name = "SEED-20 A: a host''s event does not count what a guest does, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void hostEvents(OwnedCpu cpu) {
        plainEvent(Stage.intended(cpu));
    }

    @ParameterizedTest(name = "SEED-20 P: a host''s event does not count what a guest does, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void hostEventsAsPosted(OwnedCpu cpu) {
        plainEvent(Stage.posted(cpu));
    }

    /** D29 is part of the design: events that exclude the host never count. */
    private static void plainEvent(Stage stage) {
        PerfEvent plain = stage.open(stage.first, Stage.misses().counters(4));
        PerfEvent guestOnly = stage.open(stage.first, Stage.misses().counters(8).excludeHost());
        OwningGuest guest = stage.guest();
        guest.select(0, Intel.selector(Work.MISSES), 0);
        guest.enable(1);
        for (int round = 1; round <= 3; round++) {
            guest.work(Work.of(100, 0).misses(70));
            stage.work(stage.first, Work.of(100, 0).misses(5));
            assertEquals(5 * round, plain.read());
            assertEquals(70 * round, guest.value(0));
        }
        assertEquals(0, guestOnly.read());
    }

    /* ------------------------------------------------------------- 21 */

    @ParameterizedTest(name = "SEED-21 A: the host''s precise records are off while a guest runs, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void preciseRecords(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        PerfEvent precise = precise(stage);
        stage.guest().work(Work.of(100, 0).misses(70));
        assertEquals(0, stage.first.hardware().rdmsr(Intel.PEBS_ENABLE));
        stage.tick(stage.first);
        assertEquals(1L << precise.counter(), stage.first.hardware().rdmsr(Intel.PEBS_ENABLE));
    }

    @ParameterizedTest(name = "SEED-21 P: they are left on (D22), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void preciseRecordsAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        PerfEvent precise = precise(stage);
        stage.guest().work(Work.of(100, 0).misses(70));
        assertEquals(1L << precise.counter(), stage.first.hardware().rdmsr(Intel.PEBS_ENABLE));
    }

    private static PerfEvent precise(Stage stage) {
        PerfEvent precise = stage.open(stage.first, EventAttributes.of("precise", Intel.event(Work.MISSES)).period(10_240).precise(1));
        assertEquals(1L << precise.counter(), stage.first.hardware().rdmsr(Intel.PEBS_ENABLE));
        return precise;
    }

    /* ------------------------------------------------------------- 22 */

    @ParameterizedTest(name = "SEED-22 A: RDPMC reads counters, owned or not, and faults where hardware does, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void rdpmc(OwnedCpu cpu) {
        Stage stage = Stage.intended(cpu);
        OwningGuest guest = counters(stage);
        assertReads(guest);
        for (int ecx : new int[] {cpu.general(), 64, BIT_31, RDPMC_FIXED | 5, RDPMC_FIXED | BIT_31, 1 << 29, 0x1_0000}) {
            assertThrows(GeneralProtectionFault.class, () -> guest.rdpmc(ecx), () -> "ECX " + Integer.toHexString(ecx));
        }
        guest.privilege(3, false);
        for (int ecx : new int[] {0, 1, RDPMC_FIXED}) {
            assertThrows(GeneralProtectionFault.class, () -> guest.rdpmc(ecx), "ring 3 without CR4.PCE");
        }
        guest.privilege(3, true);
        assertReads(guest);
    }

    @ParameterizedTest(name = "SEED-22 P: RDPMC looks up what is not there, and reads what must fault (D20), on {0}")
    @MethodSource(OwnedCpu.EACH)
    void rdpmcAsPosted(OwnedCpu cpu) {
        Stage stage = Stage.posted(cpu);
        OwningGuest guest = counters(stage);
        assertReads(guest);
        assertThrows(IllegalStateException.class, () -> guest.rdpmc(64), "a crash");
        assertEquals(0x5_0000, guest.rdpmc(BIT_31 | 1), "bit 31 is ignored where the counter is not owned");
        assertThrows(GeneralProtectionFault.class, () -> guest.rdpmc(BIT_31), "and faults the host where it is");
        guest.privilege(3, false);
        assertEquals(0x5_0000, guest.rdpmc(1), "ring 3 reads without CR4.PCE");
    }

    /** General counter 0 and fixed counter 0 are owned, general counter 1 and fixed counter 1 are not. */
    private static OwningGuest counters(Stage stage) {
        OwningGuest guest = stage.guest();
        guest.select(0, SELECTOR, 0x4_0000);
        guest.select(1, 0, 0x5_0000);
        guest.wrmsr(Intel.FIXED_CTR, 0x6_0000);
        guest.wrmsr(Intel.FIXED_CTR + 1, 0x7_0000);
        guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x3);
        return guest;
    }

    private static void assertReads(OwningGuest guest) {
        assertEquals(List.of(0x4_0000L, 0x5_0000L, 0x6_0000L, 0x7_0000L),
                List.of(guest.rdpmc(0), guest.rdpmc(1), guest.rdpmc(RDPMC_FIXED), guest.rdpmc(RDPMC_FIXED | 1)));
    }

    /* ------------------------------------------------------------- 23 */

    @ParameterizedTest(name = "SEED-23 A: nothing a guest does creates or releases an event, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void noEvents(OwnedCpu cpu) {
        everything(Stage.intended(cpu));
    }

    @ParameterizedTest(name = "SEED-23 P: nothing a guest does creates or releases an event, on {0}")
    @MethodSource(OwnedCpu.EACH)
    void noEventsAsPosted(OwnedCpu cpu) {
        everything(Stage.posted(cpu));
    }

    private static void everything(Stage stage) {
        OwningGuest guest = stage.guest();
        stage.idle(stage.first);
        stage.schedule(stage.first, guest);
        guest.onPmi(() -> {
            guest.enable(0);
            guest.wrmsr(Intel.OVF_CTRL, guest.status());
            guest.wrmsr(Intel.PMC, -20);
            guest.vcpu.lvt().lvtpc(0x400);
            guest.enable(1);
        });
        guest.select(0, SELECTOR | Intel.INTERRUPTS, -20);
        guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x33);
        guest.enable(1);
        guest.work(Work.of(1_000, 100));
        guest.rdpmc(0);
        guest.cpuid();
        stage.tick(stage.first);
        stage.rotate(stage.first);
        stage.idle(stage.first);
        stage.schedule(stage.second, guest);
        guest.work(Work.of(1_000, 100));
        guest.returnToUserSpace();
        guest.reset();
        assertEquals(List.of(), stage.happenings.steps());
        assertEquals(List.of(), guest.vcpu.events().events());
    }
}
