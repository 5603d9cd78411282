package dev.vpmu.generator.machine.owning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vpmu.runtime.hardware.PmuHardware;
import dev.vpmu.runtime.machine.ExitReason;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfEvent;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The first five invariants of domain.md §6.6, of a machine whose guests own what they enable locally. It hears what guests write, and looks
 * at what stands in registers; it knows nothing of virtual PMUs.
 */
public final class HostInvariants implements MachineListener {

    private static final int NIBBLE = 4;

    /** What a guest wrote last. */
    private static final class Words {

        private final long[] selectors = new long[Intel.FIXED];
        private long fixedControl;
        private long global;
    }

    private final Machine machine;
    private final int general;
    private final List<Integer> fixed;
    private final Predicate<Vcpu> loaded;
    private final Map<Vcpu, Words> guests = new IdentityHashMap<>();
    private final Set<HostThread> threads = new HashSet<>();
    private final Set<Vcpu> inGuest = new HashSet<>();
    private final long[] usedByHost;

    /**
     * The invariants of a machine that nothing has run on yet.
     *
     * @param general how many counters with selectors there are
     * @param fixed the indices of fixed counters
     * @param loaded whether a vCPU's thread runs its guest, or would if it had a CPU
     */
    public HostInvariants(Machine machine, int general, List<Integer> fixed, Predicate<Vcpu> loaded) {
        this.machine = machine;
        this.general = general;
        this.fixed = fixed;
        this.loaded = loaded;
        usedByHost = new long[machine.cpus().size()];
    }

    /** A guest's CPU is as after power-on. */
    public void reset(Vcpu vcpu) {
        guests.remove(vcpu);
    }

    private Words words(Vcpu vcpu) {
        return guests.computeIfAbsent(vcpu, found -> {
            Words words = new Words();
            words.global = (1L << general) - 1;
            return words;
        });
    }

    /** Fails if an invariant does not hold now, after a step. */
    public void check() {
        for (PhysicalCpu cpu : machine.cpus()) {
            check(cpu);
        }
        long events = machine.cpus().stream().mapToLong(cpu -> cpu.perf().cpuContext().events().size()).sum()
                + threads.stream().mapToLong(thread -> thread.events().events().size()).sum();
        long giving = machine.cpus().stream().filter(cpu -> cpu.perf().reservedCounters() != 0).count();
        assertEquals(events + giving, machine.system().activeEvents(), "4: reasons to look at NMIs");
    }

    private void check(PhysicalCpu cpu) {
        long reserved = cpu.perf().reservedCounters();
        long owned = guest(cpu).filter(loaded).map(this::locallyEnabled).orElse(0L);
        assertEquals(Long.toHexString(owned), Long.toHexString(reserved), () -> "1: what " + cpu + " has given up is what its guest has enabled");
        assertEquals(0, cpu.perf().activeCounters() & reserved, () -> "2: no host event is on a counter of a guest's, on " + cpu);
        usedByHost[cpu.number()] &= ~reserved;
        nothingIsLeft(cpu, reserved);
        long global = cpu.hardware().rdmsr(Intel.GLOBAL_CTRL);
        Optional<Vcpu> running = guest(cpu).filter(inGuest::contains);
        if (running.isPresent()) {
            assertEquals(Long.toHexString(words(running.get()).global & owned), Long.toHexString(global), () -> "5: what counts in the guest on " + cpu);
        } else {
            assertEquals(0, global & reserved, () -> "5: nothing of the guest's counts while the host runs on " + cpu);
        }
    }

    private static Optional<Vcpu> guest(PhysicalCpu cpu) {
        return cpu.thread() instanceof Vcpu vcpu ? Optional.of(vcpu) : Optional.empty();
    }

    private long locallyEnabled(Vcpu vcpu) {
        Words words = words(vcpu);
        long enabled = 0;
        for (int counter = 0; counter < general; counter++) {
            enabled |= (words.selectors[counter] & Intel.ENABLE) != 0 ? 1L << counter : 0;
        }
        for (int index : fixed) {
            enabled |= (words.fixedControl >>> NIBBLE * index & 3) != 0 ? 1L << Intel.FIXED + index : 0;
        }
        return enabled;
    }

    private Stream<Integer> counters() {
        return Stream.concat(Stream.iterate(0, counter -> counter < general, counter -> counter + 1), fixed.stream().map(index -> Intel.FIXED + index));
    }

    /** 3, and that neither selector nor value nor status of a guest's is to be found on a counter that the host has, and has not used since. */
    private void nothingIsLeft(PhysicalCpu cpu, long reserved) {
        PmuHardware hardware = cpu.hardware();
        long idle = ~reserved & ~cpu.perf().activeCounters();
        counters().filter(counter -> (idle >>> counter & 1) != 0).forEach(counter -> {
            assertFalse(isEnabled(hardware, counter), () -> "3: counter " + counter + " of " + cpu + " is enabled for nobody");
            if ((usedByHost[cpu.number()] >>> counter & 1) == 0) {
                assertEquals(0, selector(hardware, counter), () -> "3: selector of counter " + counter + " of " + cpu);
                assertEquals(0, value(hardware, counter), () -> "3: value of counter " + counter + " of " + cpu);
                assertEquals(0, hardware.rdmsr(Intel.STATUS) >>> counter & 1, () -> "3: status of counter " + counter + " of " + cpu);
            }
        });
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

    /* ------------------------------------------------------------- what happens */

    /** In the middle of a step: 5 already holds. */
    @Override
    public void accessed(PhysicalCpu cpu, Party party, Access access, int address, long value) {
        if (party == Party.HOST && guest(cpu).filter(inGuest::contains).isEmpty()) {
            long counting = cpu.hardware().rdmsr(Intel.GLOBAL_CTRL) & cpu.perf().reservedCounters();
            counters().filter(counter -> (counting >>> counter & 1) != 0).forEach(counter -> assertFalse(isEnabled(cpu.hardware(), counter),
                    () -> "5: counter " + counter + " of the guest's on " + cpu + " counts what the host does"));
        }
    }

    @Override
    public void emulated(Vcpu vcpu, Access access, int address, long value) {
        if (access == Access.WRMSR) {
            Words words = words(vcpu);
            if (address >= Intel.EVENTSEL && address < Intel.EVENTSEL + general) {
                words.selectors[address - Intel.EVENTSEL] = value;
            } else if (address == Intel.FIXED_CTR_CTRL) {
                words.fixedControl = value;
            } else if (address == Intel.GLOBAL_CTRL) {
                words.global = value;
            }
        }
        check();
    }

    @Override
    public void entered(Vcpu vcpu) {
        inGuest.add(vcpu);
    }

    @Override
    public void exited(Vcpu vcpu, ExitReason reason) {
        check();
        inGuest.remove(vcpu);
    }

    @Override
    public void interrupted(PhysicalCpu cpu, boolean guest, int handled) {
        check();
    }

    @Override
    public void scheduled(PhysicalCpu cpu, HostThread thread) {
        if (thread != null) {
            threads.add(thread);
        }
    }

    @Override
    public void placed(PhysicalCpu cpu, PerfEvent event, int counter) {
        if (counter >= 0) {
            usedByHost[cpu.number()] |= 1L << counter;
        }
    }
}
