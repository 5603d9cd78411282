package dev.vpmu.generator.machine.owning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.runtime.machine.PhysicalCpu;
import java.util.OptionalLong;

/**
 * What holds after every step of a host that does as the series was meant (domain.md §6.6), from the guests' own writes and from what
 * stands in registers. Where the host does as posted nothing is checked.
 */
final class Invariants {

    private final Stage stage;
    private final boolean checked;
    private final HostInvariants host;

    Invariants(Stage stage, boolean checked) {
        this.stage = stage;
        this.checked = checked;
        host = new HostInvariants(stage.machine, stage.cpu.general(), stage.cpu.fixed(),
                vcpu -> stage.guests.stream().anyMatch(guest -> guest.vcpu == vcpu && guest.isLoaded()));
    }

    boolean areChecked() {
        return checked;
    }

    /** The first five. */
    HostInvariants host() {
        return host;
    }

    /** After a step. */
    void check() {
        if (checked) {
            host.check();
            for (PhysicalCpu cpu : stage.machine.cpus()) {
                if (stage.guests.stream().anyMatch(guest -> cpu.thread() == guest.vcpu && stage.happenings.isInGuest(guest.vcpu))) {
                    assertEquals(0, cpu.hardware().rdmsr(Intel.PEBS_ENABLE), () -> "no precise records while a guest runs on " + cpu);
                }
            }
            stage.happenings.muted(() -> stage.guests.forEach(this::guestSeesItsOwn));
        }
    }

    /** 6, 7 and 8. */
    private void guestSeesItsOwn(OwningGuest guest) {
        for (int counter = 0; counter < stage.cpu.general(); counter++) {
            same(guest, Intel.PMC + counter);
            same(guest, Intel.FULL_WIDTH + counter);
            same(guest, Intel.EVENTSEL + counter);
        }
        stage.cpu.fixed().forEach(index -> same(guest, Intel.FIXED_CTR + index));
        for (int address : new int[] {Intel.FIXED_CTR_CTRL, Intel.STATUS, Intel.GLOBAL_CTRL}) {
            same(guest, address);
        }
        assertEquals(0, guest.vcpu.events().events().size(), () -> guest.vcpu + " needs no host events");
    }

    private static void same(OwningGuest guest, int address) {
        OptionalLong expected = guest.naive.read(address);
        long read = guest.vcpu.pmu().rdmsr(address);
        assertEquals(Long.toHexString(expected.orElseThrow()), Long.toHexString(read),
                () -> "6, 7, 8: register 0x" + Integer.toHexString(address) + " of " + guest.vcpu + ", as if nobody had interrupted it");
    }
}
