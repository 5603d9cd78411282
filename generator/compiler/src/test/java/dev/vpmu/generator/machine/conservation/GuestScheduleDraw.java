package dev.vpmu.generator.machine.conservation;

import dev.vpmu.generator.machine.Design;
import dev.vpmu.generator.machine.HostCpu;
import dev.vpmu.generator.machine.conservation.GuestStage.Guest;
import dev.vpmu.generator.machine.conservation.GuestStage.Setting;
import dev.vpmu.generator.machine.conservation.GuestStage.Skid;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.vpmu.VcpuPort;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Draws schedules. */
final class GuestScheduleDraw {

    private static final int LONGEST_SKID = 60;

    private final SplittableRandom random;
    private final Setting setting;
    private final GuestInstructions instructions;
    private final int[] counters;

    GuestScheduleDraw(HostCpu cpu, Design design, SplittableRandom random) {
        this.random = random;
        boolean displaces = random.nextInt(4) == 0;
        int most = displaces ? cpu.general() : 1 + random.nextInt(cpu.general() - 1);
        long chosen = 0;
        List<Integer> fixed = cpu.fixed().stream().map(index -> NaiveGuest.FIXED + index).toList();
        while (Long.bitCount(chosen) < most) {
            chosen |= 1L << (random.nextInt(3) == 0 ? fixed.get(random.nextInt(fixed.size())) : random.nextInt(cpu.general()));
        }
        long set = chosen;
        counters = IntStream.range(0, Long.SIZE).filter(bit -> (set >>> bit & 1) != 0).toArray();
        int cpus = 2 + 2 * random.nextInt(2);
        int free = cpu.general() - most;
        // of the counters that are free, the watchdog takes one
        boolean hasWatchdog = random.nextInt(3) == 0 && (displaces || free > 1);
        setting = new Setting(cpu, design, cpus, 1 + random.nextInt(3), chosen, displaces ? 2 * cpu.general() : free - (hasWatchdog ? 1 : 0), displaces,
                Skid.values()[random.nextInt(Skid.values().length)], random.nextBoolean(), hasWatchdog ? 500 + random.nextInt(5_000) : 0);
        instructions = new GuestInstructions(random, random.nextInt(4) == 0 || design.choices().rearms());
    }

    Setting setting() {
        return setting;
    }

    /** So many operations, and then a look at everything. */
    List<GuestOperation> schedule(int operations) {
        List<GuestOperation> schedule = new ArrayList<>();
        schedule.add(skid());
        for (int i = 0; i < setting.guests(); i++) {
            int cpu = i % setting.cpus();
            int guest = i;
            schedule.add(new GuestOperation("guest " + i + " begins on CPU " + cpu, stage -> begin(stage, stage.guests.get(guest), stage.machine.cpu(cpu))));
            schedule.addAll(programsAll(guest));
        }
        for (int i = 0; i < operations; i++) {
            if (random.nextInt(50) == 0) {
                int guest = random.nextInt(setting.guests());
                schedule.add(reset(guest));
                schedule.addAll(programsAll(guest));
            } else {
                schedule.add(operation());
            }
        }
        for (int i = 0; i < setting.guests(); i++) {
            schedule.add(guestReadsAll(i));
        }
        schedule.add(new GuestOperation("every event of the host is read", GuestScheduleDraw::readHostEvents));
        return schedule;
    }

    private List<GuestOperation> programsAll(int guest) {
        List<GuestOperation> programs = new ArrayList<>();
        for (int counter : counters) {
            programs.add(instructions.program(guest, counter));
            if (random.nextBoolean()) {
                programs.add(instructions.write(guest, counter, instructions.value()));
            }
        }
        if (random.nextInt(8) != 0) {
            programs.add(GuestInstructions.global(guest, setting.counters()));
        }
        return programs;
    }

    private static void begin(GuestStage stage, Guest guest, PhysicalCpu cpu) {
        move(guest.vcpu, cpu);
        guest.vcpu.run();
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
    }

    private static void move(HostThread thread, PhysicalCpu cpu) {
        if (thread != null && thread.cpu() != null && thread.cpu() != cpu) {
            thread.cpu().schedule(null);
        }
        cpu.schedule(thread);
    }

    private GuestOperation skid() {
        int skid = setting.skid() == Skid.NONE ? 0 : 1 + random.nextInt(LONGEST_SKID);
        return new GuestOperation("PMIs come " + skid + " cycles late", stage -> stage.skid(skid));
    }

    /** A guest works in both rings and reads its counters, wherever it was before. */
    private GuestOperation guestReadsAll(int guest) {
        Work first = Work.draw(random);
        Work second = Work.draw(random);
        int cpu = random.nextInt(setting.cpus());
        return new GuestOperation("guest " + guest + " works " + first + ", " + second + " on CPU " + cpu + ", and reads everything", stage -> {
            Guest it = stage.guests.get(guest);
            begin(stage, it, stage.machine.cpu(cpu));
            it.port.request(VcpuPort.Request.PMI);
            stage.guestWorks(it, first);
            stage.guestWorks(it, second);
            stage.ring(it, 0);
            it.vcpu.rdmsr(NaiveGuest.STATUS);
            for (int counter : counters) {
                it.vcpu.rdmsr(GuestInstructions.addressOf(counter));
            }
        });
    }

    private static void readHostEvents(GuestStage stage) {
        stage.machine.cpus().forEach(PhysicalCpu::tick);
        stage.hostEvents.forEach(stage::read);
        stage.watchdogs.forEach(stage::read);
    }

    /* ------------------------------------------------------------- operations */

    private GuestOperation operation() {
        int guest = random.nextInt(setting.guests());
        int counter = counters[random.nextInt(counters.length)];
        int ring = random.nextBoolean() ? 0 : 3;
        return switch (random.nextInt(28)) {
            case 0, 1, 2, 3, 4, 5 -> guestWorks(guest, random.nextInt(setting.cpus()), Work.draw(random));
            case 6 -> onCpu("works", hostWork(Work.draw(random)));
            case 7, 8 -> schedule();
            case 9 -> instructions.program(guest, counter);
            case 10, 11 -> GuestInstructions.instruction(guest, 0, "reads counter " + counter, (stage, it) -> it.vcpu.rdmsr(GuestInstructions.addressOf(counter)));
            case 12 -> GuestInstructions.instruction(guest, ring, "RDPMC of counter " + counter + " in ring " + ring,
                    (stage, it) -> it.vcpu.rdpmc(counter < NaiveGuest.FIXED ? counter : 1 << 30 | counter - NaiveGuest.FIXED));
            case 13, 14 -> instructions.write(guest, counter, instructions.value());
            case 15 -> GuestInstructions.global(guest, random.nextInt(6) == 0 ? 0 : setting.counters() & (random.nextBoolean() ? -1 : random.nextLong()));
            case 16 -> GuestInstructions.status(guest);
            case 17 -> GuestInstructions.instruction(guest, ring, "CPUID in ring " + ring, (stage, it) -> it.vcpu.cpuid());
            case 18 -> GuestInstructions.instruction(guest, ring, "an emulated branch in ring " + ring, (stage, it) -> {
                it.branches = true;
                it.vcpu.emulatedBranch();
            });
            case 19 -> GuestInstructions.instruction(guest, 0, "halts", (stage, it) -> it.vcpu.halt());
            case 20 -> new GuestOperation("guest " + guest + " is sent an interrupt", stage -> stage.guests.get(guest).port.request(VcpuPort.Request.PMI));
            case 21 -> userSpace(guest);
            case 22 -> random.nextBoolean() ? onCpu("ticks", (stage, cpu) -> cpu.tick()) : onCpu("rotates", (stage, cpu) -> cpu.rotate());
            case 23 -> open();
            case 24, 25 -> guestReadsAll(guest);
            case 26 -> skid();
            default -> closeOrRead();
        };
    }

    private GuestOperation guestWorks(int guest, int cpu, Work work) {
        boolean always = random.nextInt(3) != 0;
        return new GuestOperation("guest " + guest + " works " + work + (always ? ", if need be on CPU " + cpu : ""), stage -> {
            Guest it = stage.guests.get(guest);
            if (always && !it.vcpu.isRunnable()) {
                begin(stage, it, it.vcpu.cpu() == null ? stage.machine.cpu(cpu) : it.vcpu.cpu());
                it.port.request(VcpuPort.Request.PMI);
            }
            stage.guestWorks(it, work);
        });
    }

    private static BiConsumer<GuestStage, PhysicalCpu> hostWork(Work work) {
        return (stage, cpu) -> stage.hostWorks(cpu, work);
    }

    private GuestOperation onCpu(String what, BiConsumer<GuestStage, PhysicalCpu> action) {
        int cpu = random.nextInt(setting.cpus());
        return new GuestOperation("CPU " + cpu + " " + what, stage -> action.accept(stage, stage.machine.cpu(cpu)));
    }

    private GuestOperation schedule() {
        int thread = random.nextInt(setting.guests() + 2) - 1;
        return onCpu(thread < 0 ? "idles" : "is given to thread " + thread, (stage, cpu) -> move(thread < 0 ? null : stage.threads.get(thread), cpu));
    }

    private static GuestOperation reset(int guest) {
        return new GuestOperation("guest " + guest + " is reset", stage -> {
            Guest it = stage.guests.get(guest);
            it.vcpu.reset();
            it.naive.reset();
            it.ring = 0;
            it.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        });
    }

    private GuestOperation userSpace(int guest) {
        Consumer<GuestStage> leave = stage -> stage.guests.get(guest).vcpu.returnToUserSpace();
        Consumer<GuestStage> run = stage -> stage.guests.get(guest).vcpu.run();
        boolean returns = random.nextBoolean();
        return new GuestOperation("guest " + guest + (returns ? " returns to user space" : " runs"), stage -> {
            if (stage.guests.get(guest).vcpu.cpu() != null) {
                (returns ? leave : run).accept(stage);
            }
        });
    }

    private GuestOperation open() {
        long counts = Work.drawEvent(random);
        int thread = random.nextInt(setting.guests() + 1);
        boolean ofThread = random.nextBoolean();
        int excludes = random.nextInt(6);
        boolean pinned = setting.displaces() && random.nextBoolean();
        String name = (pinned ? "pinned " : "") + "0x" + Long.toHexString(Work.selected(counts)) + List.of("", " of the host", " of guests", " of kernels", " of users", "").get(excludes);
        return onCpu(ofThread ? "opens " + name + " on thread " + thread : "opens " + name, (stage, cpu) -> {
            EventAttributes.Builder attributes = EventAttributes.of(name, Work.selected(counts));
            switch (excludes) {
                case 1 -> attributes.excludeGuest();
                case 2 -> attributes.excludeHost();
                case 3 -> attributes.excludeUser();
                case 4 -> attributes.excludeKernel();
                default -> { }
            }
            stage.open(ofThread ? null : cpu, ofThread ? stage.threads.get(thread) : null, counts, pinned ? attributes.pinned() : attributes);
        });
    }

    private GuestOperation closeOrRead() {
        int index = random.nextInt(setting.hostEvents());
        boolean closes = random.nextInt(4) == 0;
        return onCpu((closes ? "closes" : "reads") + " event " + index, (stage, cpu) -> {
            if (index < stage.hostEvents.size()) {
                HostEvent event = stage.hostEvents.get(index);
                PhysicalCpu at = event.on() != null ? event.on() : event.of().cpu() != null ? event.of().cpu() : cpu;
                at.tick();
                if (closes) {
                    at.perf().close(event.event());
                    stage.hostEvents.remove(event);
                }
                stage.read(event);
            }
        });
    }
}
