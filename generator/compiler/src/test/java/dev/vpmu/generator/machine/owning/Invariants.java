package dev.vpmu.generator.machine.owning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What holds after every step of a host that does as the series was meant (domain.md §6.6), from the guests' own writes and from what
 * stands in registers. Where the host does as posted nothing is checked.
 */
final class Invariants {

    private static final int NIBBLE = 4;

    private final Stage stage;
    private final boolean checked;

    Invariants(Stage stage, boolean checked) {
        this.stage = stage;
        this.checked = checked;
    }

    boolean areChecked() {
        return checked;
    }

    /** After a step. */
    void check() {
        if (checked) {
            for (PhysicalCpu cpu : stage.machine.cpus()) {
                check(cpu);
            }
            reasonsToLookAtNmis();
            stage.happenings.muted(() -> stage.guests.forEach(this::guestSeesItsOwn));
        }
    }

    /** After an access to hardware, in the middle of a step. */
    void accessed(PhysicalCpu cpu) {
        if (checked && running(cpu).isEmpty()) {
            long counting = cpu.hardware().rdmsr(Intel.GLOBAL_CTRL) & Stage.reserved(cpu);
            for (long rest = counting; rest != 0; rest &= rest - 1) {
                assertEquals(false, isEnabled(cpu.hardware(), Long.numberOfTrailingZeros(rest)),
                        () -> "5: a guest's counter counts what the host does: " + Long.toHexString(counting) + " of " + cpu);
            }
        }
    }

    private void check(PhysicalCpu cpu) {
        long reserved = Stage.reserved(cpu);
        long owned = loaded(cpu).map(guest -> guest.naive.locallyEnabled()).orElse(0L);
        assertEquals(Long.toHexString(owned), Long.toHexString(reserved), () -> "1: what " + cpu + " has given up is what its guest has enabled");
        stage.happenings.givenUp(cpu, reserved);
        assertEquals(0, cpu.perf().activeCounters() & reserved, () -> "2: no host event is on a counter of a guest's, on " + cpu);
        nothingIsLeft(cpu, reserved);
        long global = cpu.hardware().rdmsr(Intel.GLOBAL_CTRL);
        Optional<OwningGuest> running = running(cpu);
        if (running.isPresent()) {
            assertEquals(Long.toHexString(running.get().naive.global() & owned), Long.toHexString(global), () -> "5: what counts in the guest on " + cpu);
            assertEquals(0, cpu.hardware().rdmsr(Intel.PEBS_ENABLE), () -> "no precise records while a guest runs on " + cpu);
        } else {
            assertEquals(0, global & reserved, () -> "5: nothing of the guest's counts while the host runs on " + cpu);
        }
    }

    /** The guest that the CPU's thread runs, be it in guest mode or not. */
    private Optional<OwningGuest> loaded(PhysicalCpu cpu) {
        return stage.guests.stream().filter(guest -> guest.isLoaded() && guest.vcpu == cpu.thread()).findFirst();
    }

    /** The guest that is in guest mode. */
    private Optional<OwningGuest> running(PhysicalCpu cpu) {
        return stage.guests.stream().filter(guest -> cpu.thread() == guest.vcpu && stage.happenings.isInGuest(guest.vcpu)).findFirst();
    }

    /** 3, and that neither selector nor value nor status of a guest's is to be found on a counter that the host has, and has not used since. */
    private void nothingIsLeft(PhysicalCpu cpu, long reserved) {
        PmuHardware hardware = cpu.hardware();
        for (long rest = stage.cpu.counters() & ~reserved & ~cpu.perf().activeCounters(); rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            assertEquals(false, isEnabled(hardware, counter), () -> "3: counter " + counter + " of " + cpu + " is enabled for nobody");
            if ((stage.happenings.usedByHost(cpu) >>> counter & 1) == 0) {
                assertEquals(0, selector(hardware, counter), () -> "3: selector of counter " + counter + " of " + cpu);
                assertEquals(0, value(hardware, counter), () -> "3: value of counter " + counter + " of " + cpu);
                assertEquals(0, hardware.rdmsr(Intel.STATUS) >>> counter & 1, () -> "3: status of counter " + counter + " of " + cpu);
            }
        }
    }

    private static long selector(PmuHardware hardware, int counter) {
        return counter < Intel.FIXED ? hardware.rdmsr(Intel.EVENTSEL + counter)
                : hardware.rdmsr(Intel.FIXED_CTR_CTRL) >>> NIBBLE * (counter - Intel.FIXED) & 0xF;
    }

    private static boolean isEnabled(PmuHardware hardware, int counter) {
        return (selector(hardware, counter) & (counter < Intel.FIXED ? Intel.ENABLE : 3)) != 0;
    }

    private static long value(PmuHardware hardware, int counter) {
        return hardware.rdmsr(counter < Intel.FIXED ? Intel.PMC + counter : Intel.FIXED_CTR + counter - Intel.FIXED);
    }

    /** 4. */
    private void reasonsToLookAtNmis() {
        long events = stage.machine.cpus().stream().mapToLong(cpu -> cpu.perf().cpuContext().events().size()).sum()
                + stage.happenings.threads().stream().mapToLong(thread -> thread.events().events().size()).sum();
        long giving = stage.machine.cpus().stream().filter(cpu -> Stage.reserved(cpu) != 0).count();
        assertEquals(events + giving, stage.machine.system().activeEvents(), "4: reasons to look at NMIs");
    }

    /** 6, 7 and 8. */
    private void guestSeesItsOwn(OwningGuest guest) {
        Vcpu vcpu = guest.vcpu;
        for (int counter = 0; counter < stage.cpu.general(); counter++) {
            same(guest, Intel.PMC + counter);
            same(guest, Intel.FULL_WIDTH + counter);
            same(guest, Intel.EVENTSEL + counter);
        }
        stage.cpu.fixed().forEach(index -> same(guest, Intel.FIXED_CTR + index));
        for (int address : new int[] {Intel.FIXED_CTR_CTRL, Intel.STATUS, Intel.GLOBAL_CTRL}) {
            same(guest, address);
        }
        assertEquals(0, vcpu.events().events().size(), () -> vcpu + " needs no host events");
    }

    private static void same(OwningGuest guest, int address) {
        OptionalLong expected = guest.naive.read(address);
        long read = guest.vcpu.pmu().rdmsr(address);
        assertEquals(Long.toHexString(expected.orElseThrow()), Long.toHexString(read),
                () -> "6, 7, 8: register 0x" + Integer.toHexString(address) + " of " + guest.vcpu + ", as if nobody had interrupted it");
    }
}
