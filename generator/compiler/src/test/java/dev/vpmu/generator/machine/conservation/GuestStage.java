package dev.vpmu.generator.machine.conservation;

import dev.vpmu.generator.machine.Design;
import dev.vpmu.generator.machine.HostCpu;
import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.machine.ExitReason;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.perf.ProgrammedCounters;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.vpmu.EventOrientedPmu;
import dev.vpmu.runtime.vpmu.VcpuPort;
import java.util.ArrayList;
import java.util.List;

/** A machine with guests, and what all parties should be told. */
final class GuestStage implements MachineListener {

    /**
     * What is allowed to happen in a schedule, so that it says which counts are exact.
     *
     * @param watchdog the cycles of the host's NMI watchdog; 0 if it is off
     */
    record Setting(HostCpu cpu, Design design, int cpus, int guests, long counters, int hostEvents, boolean displaces, Skid skid, boolean rearms, int watchdog) {
    }

    /** How late PMIs come. SETTLED: work goes on in the guest until they are there. */
    enum Skid {
        NONE, SETTLED, ANY
    }

    /** A guest of one vCPU. */
    static final class Guest {
        Vcpu vcpu;
        VcpuPort port;
        NaiveGuest naive;
        int ring;
        boolean branches;
    }

    private static final int MEGAHERTZ = 2_200;
    private static final long NEXT_PERIOD = -700;

    final Setting setting;
    final Machine machine;
    final List<Guest> guests = new ArrayList<>();
    final List<HostThread> threads = new ArrayList<>();
    final List<HostEvent> hostEvents = new ArrayList<>();
    final List<HostEvent> watchdogs = new ArrayList<>();
    final Tally tally;
    /** The most cycles that a PMI that is on its way may be late. */
    private int longestSkid;

    private PhysicalCpu working;
    private Guest inGuest;
    private Work work;
    private long at;
    private long since;

    GuestStage(Setting setting, Tally tally) {
        this.setting = setting;
        this.tally = tally;
        machine = new Machine(setting.cpu().door(), setting.cpus(), setting.cpu().smt(), MEGAHERTZ, new PerfSystem());
        machine.listen(this);
        for (int i = 0; i < setting.guests(); i++) {
            guests.add(guest("guest " + i));
        }
        guests.forEach(guest -> threads.add(guest.vcpu));
        threads.add(new HostThread("thread"));
        if (setting.watchdog() != 0) {
            machine.system().watchdogCycles(setting.watchdog());
            machine.cpus().forEach(cpu -> watchdogs.add(new HostEvent(cpu.perf().watchdog(true), Work.CYCLES, cpu, null, new long[1])));
        }
    }

    /** How many cycles late PMIs come from now on. */
    void skid(int cycles) {
        longestSkid = Math.max(longestSkid, cycles);
        machine.cpus().forEach(cpu -> cpu.hardware().pmiSkid(cycles));
    }

    private Guest guest(String name) {
        HostCpu cpu = setting.cpu();
        var choices = setting.design().choices();
        Guest guest = new Guest();
        guest.naive = new NaiveGuest(choices.accountsEmulated(), choices.rearms(), cpu.generalCounters(), setting.counters());
        guest.vcpu = new Vcpu(machine, name, choices.masksLvt(), port -> {
            guest.port = port;
            PmuHardware registers = cpu.door().hardware(cpu.smt());
            return new EventOrientedPmu(choices, port, registers, new ProgrammedCounters(cpu.door().perf(new PerfSystem(), registers, registers, () -> 0, cpu.smt())),
                    Work.INSTRUCTIONS, Work.BRANCHES);
        });
        guest.vcpu.onPmi(() -> {
            int before = guest.ring;
            guest.ring = 0;
            handle(guest);
            guest.ring = before;
        });
        return guest;
    }

    /** The guest's handler: acknowledges, and with some begins the next period while the PMU is stopped. */
    private void handle(Guest guest) {
        tally.handled++;
        long enabled = guest.naive.global();
        if (setting.rearms()) {
            guest.vcpu.wrmsr(NaiveGuest.GLOBAL_CTRL, 0);
        }
        long status = guest.vcpu.rdmsr(NaiveGuest.STATUS) & setting.counters();
        guest.vcpu.wrmsr(NaiveGuest.OVF_CTRL, status);
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        if (setting.rearms()) {
            for (long rest = status; rest != 0; rest &= rest - 1) {
                int address = GuestInstructions.addressOf(Long.numberOfTrailingZeros(rest));
                guest.vcpu.wrmsr(address, GuestInstructions.wordOf(address, NEXT_PERIOD));
            }
            guest.vcpu.wrmsr(NaiveGuest.GLOBAL_CTRL, enabled);
        }
    }

    /* ------------------------------------------------------------- work */

    void guestWorks(Guest guest, Work what) {
        if (!guest.vcpu.isRunnable()) {
            return;
        }
        ring(guest, what.ring());
        long wraps;
        Work next = what;
        do {
            wraps = guest.naive.wraps();
            PhysicalCpu cpu = guest.vcpu.cpu();
            begin(cpu, guest, next);
            for (long done = 0; done < next.cycles();) {
                done = guest.vcpu.work(next.step(), done, next.cycles());
            }
            end();
            next = new Work(longestSkid + 1, guest.ring, new long[what.occurrences().length]);
        } while (setting.skid() == Skid.SETTLED && longestSkid > 0 && guest.naive.wraps() != wraps);
    }

    void hostWorks(PhysicalCpu cpu, Work what) {
        begin(cpu, null, what);
        cpu.work(what.step());
        end();
    }

    private void begin(PhysicalCpu cpu, Guest guest, Work what) {
        working = cpu;
        inGuest = guest;
        work = what;
        at = 0;
        since = cpu.cycles();
    }

    private void end() {
        settle();
        if (at != work.cycles()) {
            throw new AssertionError("worked " + at + " cycles of " + work);
        }
        working = null;
    }

    /** Adds what has been worked since the last time. */
    private void settle() {
        if (working != null && working.cycles() != since) {
            long to = at + working.cycles() - since;
            if (inGuest != null) {
                inGuest.naive.worked(work, at, to);
            }
            for (HostEvent event : hostEvents) {
                event.worked(working, inGuest != null, work, at, to);
            }
            for (HostEvent event : watchdogs) {
                event.worked(working, inGuest != null, work, at, to);
            }
            at = to;
            since = working.cycles();
        }
        guests.forEach(guest -> guest.naive.lookForLast());
    }

    void ring(Guest guest, int ring) {
        guest.ring = ring;
        guest.vcpu.privilege(ring, true, true);
    }

    /* ------------------------------------------------------------- what the guests do and are told */

    private Guest of(Vcpu vcpu) {
        return guests.stream().filter(guest -> guest.vcpu == vcpu).findFirst().orElseThrow();
    }

    @Override
    public void exited(Vcpu vcpu, ExitReason reason) {
        settle();
        Guest guest = of(vcpu);
        if (guest.branches && reason == ExitReason.EXTERNAL_INTERRUPT) {
            guest.naive.emulated(Work.BRANCHES, guest.ring);
        }
        if (reason == ExitReason.CPUID || reason == ExitReason.HLT || guest.branches && reason == ExitReason.EXTERNAL_INTERRUPT) {
            guest.naive.emulated(Work.INSTRUCTIONS, guest.ring);
            guest.branches = false;
        }
    }

    @Override
    public void emulated(Vcpu vcpu, Access access, int address, long value) {
        settle();
        Guest guest = of(vcpu);
        switch (access) {
            case WRMSR -> guest.naive.wrote(address, value, guest.ring);
            case RDMSR -> {
                if (address == NaiveGuest.STATUS) {
                    checkStatus(guest, value);
                } else if (NaiveGuest.counterAt(address) >= 0) {
                    check(guest, NaiveGuest.counterAt(address), value);
                }
                guest.naive.emulated(Work.INSTRUCTIONS, guest.ring);
            }
            case RDPMC -> {
                check(guest, (address >>> 30) * NaiveGuest.FIXED + (address & 0xFF), value);
                guest.naive.emulated(Work.INSTRUCTIONS, guest.ring);
            }
        }
    }

    private void check(Guest guest, int counter, long value) {
        long missing = guest.naive.value(counter) - value & NaiveGuest.MASK;
        if (setting.displaces() ? Long.compareUnsigned(missing, guest.naive.gained(counter)) > 0 : missing != 0) {
            throw new AssertionError(guest.vcpu + ", counter " + counter + " reads 0x" + Long.toHexString(value) + ", not 0x" + Long.toHexString(guest.naive.value(counter)));
        }
        if (setting.displaces()) {
            tally.bounded++;
        } else {
            tally.exact++;
            tally.busy += guest.naive.gained(counter) > 0 ? 1 : 0;
        }
    }

    private void checkStatus(Guest guest, long value) {
        long looked = setting.displaces() || setting.skid() == Skid.ANY ? 0 : setting.counters() & ~guest.naive.unpredictable();
        if (((value ^ guest.naive.status()) & looked) != 0) {
            throw new AssertionError(guest.vcpu + "'s status is 0x" + Long.toHexString(value) + ", not 0x" + Long.toHexString(guest.naive.status()));
        }
        tally.statuses += looked == 0 ? 0 : 1;
        tally.wraps += (value & looked) == 0 ? 0 : 1;
    }

    /* ------------------------------------------------------------- the host's events */

    void open(PhysicalCpu on, HostThread of, long counts, EventAttributes.Builder attributes) {
        PhysicalCpu cpu = on != null ? on : of.cpu() != null ? of.cpu() : machine.cpu(0);
        if (hostEvents.size() < setting.hostEvents()) {
            cpu.tick();
            hostEvents.add(new HostEvent(cpu.perf().open(on != null ? cpu.perf().cpuContext() : of.events(), attributes.build(), OverflowHandler.NONE), counts, on, of, new long[1]));
        }
    }

    void read(HostEvent event) {
        long count = event.event().read();
        if (setting.displaces() ? count > event.expected()[0] : count != event.expected()[0]) {
            throw new AssertionError(event.event().name() + " reads " + count + ", not " + event.expected()[0]);
        }
        tally.hostReads++;
        tally.busyHostReads += count > 0 ? 1 : 0;
    }
}
