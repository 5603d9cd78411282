package dev.vpmu.generator.machine;

import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.CREATE;
import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.PAUSE;
import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.RELEASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose work counts for whom, and what is kept of a guest's counters that do not count: TRAD-6, TRAD-11, TRAD-12 (domain.md §12.7). */
class PresenceTest {

    private static final int ROUNDS = 20;

    @ParameterizedTest(name = "TRAD-6 {1}: no host work counts for a guest, however often it exits, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void noHostWork(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        HostThread other = new HostThread("other");
        Guest guest = host.guest(design);
        guest.enable(0);
        guest.select(0, Guest.selector(Host.BRANCHES), 0);
        guest.select(1, Guest.selector(Host.CYCLES), 0);
        guest.enable(3);
        long branches = 0;
        long cycles = 0;
        for (int i = 1; i <= ROUNDS; i++) {
            host.first.work(Host.work(10L * i, i, 0));
            guest.work(Host.work(100 + i, 3L * i, 0));
            branches += 3L * i;
            cycles += 100 + i;
            host.first.work(Host.work(3, 1_000L * i, 0, 0));
            guest.vcpu.cpuid();
            host.first.tick();
            host.first.work(Host.work(1_000, 999, 0));
            host.first.schedule(other);
            host.first.work(Host.work(1_000, 999, 0));
            host.first.schedule(guest.vcpu);
            host.second.work(Host.work(1_000, 999, 0));
            host.first.rotate();
            assertEquals(branches, guest.read(0));
        }
        guest.enable(0);
        assertEquals(branches, guest.read(0));
        assertEquals(cycles, guest.read(1));
    }

    @ParameterizedTest(name = "TRAD-11 today: the event of a counter that is off is released after a slice in which nobody touched it, on {0}")
    @MethodSource(HostCpu.EACH)
    void releasesIdle(HostCpu cpu) {
        Guest guest = off(cpu, Design.NOW);
        assertEquals(Map.of(PAUSE, 1), guest.host.journal.takeSteps());
        slice(guest);
        assertEquals(Map.of(), guest.host.journal.takeSteps(), "it was touched before");
        slice(guest);
        assertEquals(Map.of(RELEASE, 1), guest.host.journal.takeSteps());
        assertNull(guest.behind(0));
        assertEquals(42, guest.read(0));
        guest.vcpu.wrmsr(Guest.EVENTSEL, Guest.selector(Host.BRANCHES));
        assertEquals(Map.of(CREATE, 1), guest.host.journal.takeSteps());
        guest.work(Host.work(100, 8, 0));
        assertEquals(50, guest.read(0));
    }

    @ParameterizedTest(name = "TRAD-11 today: an event is kept as long as its counter is touched, or enabled for itself, on {0}")
    @MethodSource(HostCpu.EACH)
    void keepsOthers(HostCpu cpu) {
        Guest guest = off(cpu, Design.NOW);
        guest.select(1, Guest.selector(Host.MISSES), 0);
        guest.enable(2);
        guest.enable(0);
        guest.host.journal.takeSteps();
        for (int i = 0; i < ROUNDS; i++) {
            slice(guest);
            if (i % 2 == 0) {
                guest.read(0);
            } else {
                guest.vcpu.rdpmc(0);
            }
        }
        assertEquals(Map.of(), guest.host.journal.takeSteps());
        assertNotNull(guest.behind(0), "touched");
        assertNotNull(guest.behind(1), "enabled for itself");
    }

    @ParameterizedTest(name = "TRAD-11 today: while the thread is in user space slices do not count, on {0}")
    @MethodSource(HostCpu.EACH)
    void notInUserSpace(HostCpu cpu) {
        Guest guest = off(cpu, Design.NOW);
        guest.host.journal.takeSteps();
        for (int i = 0; i < ROUNDS; i++) {
            guest.vcpu.returnToUserSpace();
            guest.host.first.schedule(null);
            guest.host.first.schedule(guest.vcpu);
            guest.vcpu.run();
            guest.work(Host.work(100, 8, 0));
        }
        assertEquals(Map.of(), guest.host.journal.takeSteps());
    }

    @ParameterizedTest(name = "TRAD-11 2018: nothing is left to be released when a slice ends, on {0}")
    @MethodSource(HostCpu.EACH)
    void releasedAlready(HostCpu cpu) {
        Guest guest = off(cpu, Design.THEN);
        assertEquals(Map.of(RELEASE, 1), guest.host.journal.takeSteps());
        slice(guest);
        slice(guest);
        assertEquals(Map.of(), guest.host.journal.takeSteps());
    }

    /** Counter 0 has counted 42 branches and been disabled for itself. */
    private static Guest off(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        guest.count(0, Host.BRANCHES);
        guest.work(Host.work(100, 42, 0));
        guest.host.journal.takeSteps();
        guest.vcpu.wrmsr(Guest.EVENTSEL, Guest.event(Host.BRANCHES));
        return guest;
    }

    /** Somebody else has the CPU, and then the guest again. */
    private static void slice(Guest guest) {
        guest.host.first.schedule(null);
        guest.host.first.schedule(guest.vcpu);
        guest.work(Host.work(100, 8, 0));
    }

    @ParameterizedTest(name = "TRAD-12 {1}: the host''s event counts what guests do unless it excludes them, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void hostEvents(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        PerfEvent everything = host.open(EventAttributes.of("everything", Guest.event(Host.BRANCHES)));
        PerfEvent hosts = host.open(EventAttributes.of("host's", Guest.event(Host.BRANCHES)).excludeGuest());
        PerfEvent guests = host.open(EventAttributes.of("guest's", Guest.event(Host.BRANCHES)).excludeHost());
        Guest guest = host.guest(design);
        guest.count(0, Host.BRANCHES);
        for (int i = 0; i < ROUNDS; i++) {
            guest.work(Host.work(1_000, 7, 0));
            host.first.work(Host.work(1_000, 100, 0));
            guest.work(Host.work(3, 1_000, 5, 0));
            host.first.tick();
        }
        assertEquals(112 * ROUNDS, everything.read());
        assertEquals(100 * ROUNDS, hosts.read());
        assertEquals(12 * ROUNDS, guests.read());
        assertEquals(12 * ROUNDS, guest.read(0));
    }
}
