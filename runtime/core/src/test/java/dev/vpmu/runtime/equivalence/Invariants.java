package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.perf.PerfCore;
import java.util.Locale;

/** What must hold of a stage between any two operations. (domain.md §6.6.) */
final class Invariants {

    private final Stage stage;
    private final int general;
    private final long counters;
    private final boolean hasPrecise;
    private final long[] before;

    Invariants(Stage stage) {
        this.stage = stage;
        Subject subject = stage.setting.subject();
        general = subject.general();
        counters = subject.counters();
        hasPrecise = subject.hasPrecise();
        before = new long[stage.setting.cpus()];
    }

    void check() {
        stage.checkErrors();
        int reserving = 0;
        for (Virtual guest : stage.guests) {
            if ((!guest.isRun || guest.vcpu.cpu() == null) && owned(guest) != 0) {
                fail("1: %s owns %X and is not loaded", guest.vcpu, owned(guest));
            }
        }
        for (int number = 0; number < before.length; number++) {
            PhysicalCpu cpu = stage.machine.cpu(number);
            Virtual guest = stage.loadedOn(cpu);
            long reserved = cpu.perf().reservedCounters();
            reserving += reserved != 0 ? 1 : 0;
            if (reserved != (guest == null ? 0 : owned(guest))) {
                fail("1: %s has reserved %X; %s owns %X", cpu, reserved, guest == null ? "nobody" : guest.vcpu, guest == null ? 0 : owned(guest));
            }
            check(cpu, guest, reserved);
            before[number] = reserved;
        }
        if (stage.system.activeEvents() != stage.events.size() + reserving) {
            fail("4: there are %d reasons to look at NMIs: not %d events and %d reservations", stage.system.activeEvents(), stage.events.size(), reserving);
        }
    }

    private void check(PhysicalCpu cpu, Virtual guest, long reserved) {
        PerfCore perf = cpu.perf();
        PmuHardware hardware = cpu.hardware();
        long active = perf.activeCounters();
        if ((active & reserved) != 0) {
            fail("2: host events run on counters %X of %s, which are reserved", active & reserved, cpu);
        }
        long enabled = hardware.rdmsr(Msr.GLOBAL_CTRL);
        if (!stage.inGuest[cpu.number()]) {
            if ((enabled & reserved) != 0) {
                fail("5: outside guest mode %s enables %X, which are reserved", cpu, enabled & reserved);
            }
        } else if (enabled != (stage.alone.get(stage.guests.indexOf(guest)).hardware.rdmsr(Msr.GLOBAL_CTRL) & reserved)) {
            fail("5: in guest mode %s enables %X of %X, which are reserved", cpu, enabled, reserved);
        }
        if (hasPrecise && stage.inGuest[cpu.number()] && hardware.rdmsr(Msr.PEBS_ENABLE) != 0) {
            fail("5: in guest mode %s writes precise records of counters %X", cpu, hardware.rdmsr(Msr.PEBS_ENABLE));
        }
        long free = counters & ~reserved & ~active;
        long left = free & before[cpu.number()] & ~stage.used[cpu.number()];
        stage.used[cpu.number()] = 0;
        long control = hardware.rdmsr(Msr.FIXED_CTR_CTRL);
        long status = left == 0 ? 0 : hardware.rdmsr(Msr.STATUS);
        for (long rest = free; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            boolean isLeft = (left & rest & -rest) != 0;
            long selector = counter < general ? hardware.rdmsr(Msr.EVENTSEL + counter) : control >>> 4 * (counter - Msr.FIXED) & 0xF;
            if ((selector & (counter < general ? Msr.ENABLE : 3)) != 0) {
                fail("3: nobody has counter %d of %s, and its selector %X is enabled", counter, cpu, selector);
            }
            if (isLeft && selector != 0) {
                fail("3: a guest has returned counter %d of %s, and its selector %X is there", counter, cpu, selector);
            }
            if (isLeft && hardware.rdmsr(Msr.fullWidth(counter)) != 0) {
                fail("3: a guest has returned counter %d of %s, and its value %X is there", counter, cpu, hardware.rdmsr(Msr.fullWidth(counter)));
            }
            if (isLeft && (status >>> counter & 1) != 0) {
                fail("3: a guest has returned counter %d of %s, and its status bit is there", counter, cpu);
            }
        }
    }

    private long owned(Virtual guest) {
        return stage.setting.subject().owned().applyAsLong(guest.vcpu.pmu());
    }

    private static void fail(String what, Object... of) {
        throw new AssertionError("invariant " + String.format(Locale.ROOT, what, of));
    }
}
