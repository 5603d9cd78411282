package dev.vpmu.generator.machine.owning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vpmu.runtime.registers.GeneralProtectionFault;
import org.junit.jupiter.api.Test;

/** What a guest of version 4 and up writes to its own status, which is in no hardware (domain.md §2.3). */
class StatusSetTest {

    private static final int STATUS_SET = 0x391;
    private static final long COUNTERS_FROZEN = 1L << 59;
    private static final long SELECTOR = Intel.selector(Work.BRANCHES);

    private final Stage stage = Stage.with(OwnedCpu.version5(), Stage.INTENDED);
    private final OwningGuest guest = stage.guest();

    @Test
    void bitsThatAreSetAreTheGuestsAlone() {
        guest.select(0, SELECTOR | Intel.INTERRUPTS, 0);
        guest.wrmsr(STATUS_SET, 0b101);
        assertEquals(0b101, guest.status());
        assertEquals(0, stage.first.hardware().rdmsr(Intel.STATUS));
        stage.idle(stage.first);
        stage.schedule(stage.second, guest);
        assertEquals(0b101, guest.status());
        guest.wrmsr(Intel.OVF_CTRL, 1);
        assertEquals(0b100, guest.status());
        assertEquals(0, stage.happenings.takeInjected());
        assertThrows(GeneralProtectionFault.class, () -> guest.wrmsr(STATUS_SET, 1L << 30));
    }

    @Test
    void countersThatAreFrozenStopUntilTheBitIsCleared() {
        guest.select(0, SELECTOR, 0);
        guest.enable(1);
        guest.work(Work.of(100, 10));
        guest.wrmsr(STATUS_SET, COUNTERS_FROZEN);
        guest.work(Work.of(100, 10));
        assertEquals(10, guest.value(0));
        guest.wrmsr(Intel.OVF_CTRL, COUNTERS_FROZEN);
        guest.work(Work.of(100, 10));
        assertEquals(20, guest.value(0));
    }
}
