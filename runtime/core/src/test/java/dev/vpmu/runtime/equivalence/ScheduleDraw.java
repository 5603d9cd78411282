package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.registers.LvtEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Draws what guests do, and what happens around them. */
final class ScheduleDraw {

    private static final int LONGEST_SKID = 40;

    private final SplittableRandom random;
    private final Stage.Setting setting;
    private final WorkDraw work;
    private final ValueDraw values;
    private final HostDraw hosts;

    ScheduleDraw(Subject subject, Served served, SplittableRandom random) {
        this.random = random;
        boolean undisturbed = random.nextInt(4) == 0;
        int cpus = subject.smt() || random.nextBoolean() ? 2 : 1;
        setting = new Stage.Setting(subject, cpus, undisturbed ? 1 : 1 + random.nextInt(3), random.nextBoolean() ? 0 : random.nextInt(LONGEST_SKID), undisturbed);
        work = new WorkDraw(random);
        values = new ValueDraw(setting, served, work, random);
        hosts = new HostDraw(setting, work, random);
    }

    Stage.Setting setting() {
        return setting;
    }

    List<Operation> schedule(int operations) {
        List<Operation> schedule = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            schedule.add(hosts.open());
        }
        for (int guest = 0; guest < setting.guests(); guest++) {
            setUp(schedule, guest);
        }
        while (schedule.size() < operations) {
            int guest = random.nextInt(setting.guests());
            int kind = random.nextInt(100);
            if (kind < 18) {
                works(schedule, guest);
            } else if (kind < 22) {
                setUpOne(schedule, guest);
            } else if (kind < 26 && !setting.undisturbed()) {
                boolean isReset = random.nextInt(5) == 0;
                if (isReset) {
                    schedule.add(new Operation(() -> "guest " + guest + " is reset", guest, -1, Side::reset, null));
                    setUp(schedule, guest);
                } else {
                    schedule.add(of("halts", guest, Side::halt));
                }
            } else if (kind < 68) {
                schedule.add(access(guest));
            } else {
                schedule.add(hosts.operation());
            }
        }
        return schedule;
    }

    private Operation of(String text, int guest, Consumer<Side> program) {
        return Operation.of(() -> text, guest, random.nextInt(setting.cpus()), program);
    }

    private Operation write(int guest, int address, long value) {
        return Operation.of(() -> String.format("writes 0x%X = 0x%X", address, value), guest, random.nextInt(setting.cpus()), side -> side.wrmsr(address, value));
    }

    /* ------------------------------------------------------------- setting up */

    private void setUp(List<Operation> schedule, int guest) {
        Side.Handler handler = Side.Handler.values()[random.nextInt(random.nextBoolean() ? 1 : 4)];
        long reload = values.count(Msr.A_PMC) << 16 >>> 16;
        schedule.add(of("opens LVTPC, handles PMIs: " + handler + ", reloads " + reload, guest, side -> {
            side.handler(handler, reload);
            side.interrupts(true);
            side.lvtpc(LvtEntry.LVTPC_NMI);
        }));
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            setUpOne(schedule, guest);
        }
        if (random.nextInt(4) != 0) {
            long counters = setting.subject().counters();
            schedule.add(write(guest, Msr.GLOBAL_CTRL, counters));
        }
    }

    /** A counter is given a value and told what to count. */
    private void setUpOne(List<Operation> schedule, int guest) {
        int counter = values.counter();
        int address = counter < Msr.FIXED ? (random.nextBoolean() ? Msr.PMC : Msr.A_PMC) + counter : Msr.fullWidth(counter);
        schedule.add(write(guest, address, values.value(address)));
        int selector = counter < Msr.FIXED ? Msr.EVENTSEL + counter : Msr.FIXED_CTR_CTRL;
        schedule.add(write(guest, selector, values.value(selector)));
    }

    /* ------------------------------------------------------------- the program */

    /** A step, in one piece or in several with something between them. */
    private void works(List<Operation> schedule, int guest) {
        Step step = work.step();
        boolean waits = random.nextInt(6) == 0;
        long from = 0;
        while (from < step.cycles()) {
            long to = random.nextInt(3) != 0 ? step.cycles() : from + 1 + random.nextLong(step.cycles() - from);
            long begin = from;
            schedule.add(Operation.of(() -> (waits ? "waits in" : "works") + " cycles " + begin + " to " + to + " of " + WorkDraw.text(step), guest,
                    random.nextInt(setting.cpus()), side -> side.work(step, begin, to, waits)));
            if (to < step.cycles()) {
                schedule.add(random.nextInt(3) == 0 ? access(guest) : hosts.operation());
            }
            from = to;
        }
    }

    private Operation access(int guest) {
        int kind = random.nextInt(52);
        if (kind < 13) {
            int address = values.any(false);
            return Operation.of(() -> String.format("reads 0x%X", address), guest, random.nextInt(setting.cpus()), side -> side.rdmsr(address));
        } else if (kind < 29) {
            int address = values.productive();
            return write(guest, address, values.value(address));
        } else if (kind < 32) {
            int address = values.any(true);
            return write(guest, address, values.value(address));
        } else if (kind < 38) {
            int ecx = values.ecx();
            return Operation.of(() -> String.format("RDPMC of 0x%X", ecx), guest, random.nextInt(setting.cpus()), side -> side.rdpmc(ecx));
        } else if (kind < 42) {
            return of("reads its status", guest, side -> side.rdmsr(Msr.STATUS));
        } else if (kind < 45) {
            int entry = random.nextInt(6) == 0 ? random.nextInt() : random.nextInt(4) == 0 ? LvtEntry.LVTPC_MASKED : LvtEntry.LVTPC_NMI;
            return Operation.of(() -> "writes LVTPC = 0x" + Integer.toHexString(entry), guest, random.nextInt(setting.cpus()), side -> side.lvtpc(entry));
        } else if (kind < 46) {
            return of("reads LVTPC", guest, Side::lvtpc);
        } else if (kind < 48) {
            int ring = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
            boolean pce = random.nextBoolean();
            boolean pe = random.nextInt(4) != 0;
            return of("is in ring " + ring + (pce ? ", CR4.PCE" : "") + (pe ? ", CR0.PE" : ""), guest, side -> side.privilege(ring, pce, pe));
        } else if (kind < 50) {
            boolean open = random.nextInt(3) != 0;
            return of(open ? "opens its interrupts" : "closes its interrupts", guest, side -> side.interrupts(open));
        } else if (kind < 51) {
            return of("takes a PMI if there is one", guest, Side::take);
        }
        return random.nextBoolean() ? of("does CPUID", guest, Side::cpuid) : of("has a branch emulated", guest, Side::branch);
    }
}
