package dev.vpmu.generator.perf.conservation;

import dev.vpmu.generator.perf.conservation.Wanted.Flag;
import dev.vpmu.runtime.perf.PinnedChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws a schedule for a CPU: events that come and go, tasks, timers, guests, and work between all of them. */
final class ScheduleDraw {

    private final ConservedCpu cpu;
    private final SplittableRandom random;
    private final Setting setting;
    /** Whether there are times with hardly an event. */
    private final boolean sparse;
    private final List<Askable> courses;
    private final WorkDraw work;
    private final List<Wanted> opened = new ArrayList<>();
    private final long[] reserved = new long[Stage.CPUS];

    ScheduleDraw(ConservedCpu cpu, SplittableRandom random) {
        this.cpu = cpu;
        this.random = random;
        sparse = random.nextInt(3) == 0;
        boolean uniform = random.nextInt(5) == 0;
        setting = new Setting(cpu.canBeSiblings() && random.nextInt(3) == 0, PinnedChoice.values()[random.nextInt(2)], random.nextBoolean() ? 400 : random.nextInt(1, 20),
                random.nextLong(10_000, 4_000_000), random.nextLong(1_000, 3_000_000), uniform);
        courses = new Menu(cpu, random).courses();
        work = new WorkDraw(cpu, courses, uniform, random);
    }

    Setting setting() {
        return setting;
    }

    /** So many operations. */
    List<Operation> schedule(int length) {
        List<Operation> schedule = new ArrayList<>();
        if (courses.isEmpty()) {
            return schedule;
        }
        for (int i = 0; i < Stage.CPUS; i++) {
            if (random.nextInt(4) != 0) {
                schedule.add(new Operation.Switch(i, i));
            }
            if (cpu.reservable() != 0 && random.nextInt(8) != 0) {
                schedule.add(new Operation.Callback(i, true));
            }
        }
        for (int i = sparse ? random.nextInt(3) : random.nextInt(2, 8); i > 0; i--) {
            schedule.add(open());
        }
        while (schedule.size() < length) {
            if (cpu.reservable() != 0 && random.nextInt(25) == 0) {
                schedule.addAll(guest(random.nextInt(Stage.CPUS)));
            } else {
                schedule.add(operation());
            }
        }
        return schedule.subList(0, length);
    }

    /** A guest takes some counters, programs them, and runs. */
    private List<Operation> guest(int on) {
        List<Operation> session = new ArrayList<>();
        reserved[on] = some(cpu.reservable());
        session.add(new Operation.Reserve(on, reserved[on]));
        for (int i = random.nextInt(1, 4); i > 0 && reserved[on] != 0; i--) {
            session.add(program(on));
        }
        session.add(work.work());
        return session;
    }

    private Operation program(int on) {
        return new Operation.Program(on, any(reserved[on] != 0 ? reserved[on] : cpu.reservable()), new GuestProgram(course(), random.nextInt(4) != 0,
                random.nextInt(4) != 0, random.nextInt(4) != 0, random.nextInt(4) == 0 ? 0 : period()));
    }

    private Operation operation() {
        int on = random.nextInt(Stage.CPUS);
        int kind = random.nextInt(100);
        if (kind < 34) {
            return work.work();
        } else if (kind < (sparse ? 40 : 46)) {
            return open();
        } else if (kind < 49) {
            return new Operation.Close(event());
        } else if (kind < 53) {
            return new Operation.Disable(event());
        } else if (kind < 58) {
            return new Operation.Enable(event());
        } else if (kind < 61) {
            return new Operation.SetPeriod(event(), period());
        } else if (kind < 66) {
            return new Operation.Read(event());
        } else if (kind < 73) {
            return new Operation.Switch(on, random.nextInt(Stage.TASKS + 1) - 1);
        } else if (kind < 78) {
            return new Operation.Rotate(on);
        } else if (kind < 83) {
            return new Operation.Tick(on);
        } else if (kind < 85) {
            return new Operation.Watchdog(on, random.nextInt(3) != 0);
        } else if (kind < 87) {
            return setting.uniform() ? new Operation.Tick(on) : new Operation.Power(on, random.nextInt(3) != 0);
        }
        return cpu.reservable() == 0 ? work.work() : guest(on, kind);
    }

    private Operation guest(int on, int kind) {
        if (kind < 90) {
            reserved[on] = random.nextInt(5) == 0 ? 0 : some(cpu.reservable());
            return new Operation.Reserve(on, reserved[on]);
        }
        return kind < 99 ? program(on) : new Operation.Callback(on, random.nextInt(3) != 0);
    }

    private long some(long mask) {
        long some = mask & random.nextLong();
        return random.nextBoolean() ? some & random.nextLong() : some;
    }

    private int any(long mask) {
        long rest = mask;
        for (int i = random.nextInt(Long.bitCount(mask)); i > 0; i--) {
            rest &= rest - 1;
        }
        return Long.numberOfTrailingZeros(rest);
    }

    private int event() {
        return opened.isEmpty() ? 0 : sparse ? opened.size() - 1 - random.nextInt(Math.min(3, opened.size())) : random.nextInt(opened.size());
    }

    private Askable course() {
        return courses.get(random.nextInt(courses.size()));
    }

    /* ------------------------------------------------------------- events */

    private Operation open() {
        int leader = random.nextInt(4) == 0 && !opened.isEmpty() ? event() : -1;
        leader = leader >= 0 && opened.get(leader).isLeader() ? leader : -1;
        List<Flag> flags = new ArrayList<>();
        add(flags, Flag.PINNED, leader < 0 ? 5 : 50);
        add(flags, Flag.EXCLUSIVE, leader < 0 ? 25 : 200);
        add(flags, Flag.DISABLED, 6);
        add(flags, random.nextBoolean() ? Flag.NOT_IN_USER : Flag.NOT_IN_KERNEL, 5);
        add(flags, Flag.NOT_IN_GUEST, 3);
        add(flags, Flag.NOT_IN_HOST, 20);
        if (cpu.isPrecise()) {
            add(flags, Flag.PRECISE, 20);
        }
        int sampling = random.nextInt(10);
        int context = leader >= 0 ? opened.get(leader).context() : random.nextInt(Stage.CPUS + Stage.TASKS);
        opened.add(new Wanted(opened.size(), context, leader, course(), flags, random.nextInt(12) == 0 ? random.nextLong() | random.nextLong() : -1,
                sampling < 4 ? period() : 0, sampling == 9 ? random.nextLong(1, 100_000) : 0, random.nextInt(6) == 0 ? random.nextInt(1, 6) : 0));
        return new Operation.Open(opened.get(opened.size() - 1));
    }

    private void add(List<Flag> flags, Flag flag, int oneOf) {
        if (random.nextInt(oneOf) == 0) {
            flags.add(flag);
        }
    }

    private long period() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong(1, 5);
            case 1 -> random.nextLong(1, 300);
            case 2, 3 -> random.nextLong(100, 5_000);
            case 4, 5 -> random.nextLong(1_000, 100_000);
            case 6 -> random.nextLong(10_000, 2_000_000);
            default -> random.nextLong(1, 1L << random.nextInt(1, 46));
        };
    }
}
