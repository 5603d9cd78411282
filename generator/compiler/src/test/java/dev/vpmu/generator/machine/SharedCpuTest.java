package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.registers.LvtEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guests that share a CPU or a core, and guests that move (domain.md §5.1, trap 42). */
class SharedCpuTest {

    private static final int ROUNDS = 10;
    private static final long ANY_THREAD = 1L << 21;

    private static Guest running(Host host, Design design, String name) {
        Guest guest = new Guest(host, name, design);
        host.first.schedule(guest.vcpu);
        guest.vcpu.run();
        return guest;
    }

    @ParameterizedTest(name = "{1}: two guests that take turns on a CPU count each its own, on all counters, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void timeSharing(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        Guest one = running(host, design, "one");
        selectAll(one);
        Guest two = running(host, design, "two");
        selectAll(two);
        for (int i = 0; i < ROUNDS; i++) {
            host.first.schedule(one.vcpu);
            one.work(Host.work(100, 3, 0));
            host.first.schedule(two.vcpu);
            two.work(Host.work(100, 5, 0));
            host.first.schedule(null);
            host.first.work(Host.work(100, 50, 0));
        }
        host.first.schedule(one.vcpu);
        assertAll(one, 3 * ROUNDS);
        host.first.schedule(two.vcpu);
        assertAll(two, 5 * ROUNDS);
    }

    private static void selectAll(Guest guest) {
        guest.enable(guest.host.cpu.generalCounters());
        for (int counter = 0; counter < guest.host.cpu.general(); counter++) {
            guest.select(counter, Guest.selector(Host.BRANCHES), 0);
        }
    }

    private static void assertAll(Guest guest, long expected) {
        for (int counter = 0; counter < guest.host.cpu.general(); counter++) {
            assertEquals(expected, guest.read(counter));
        }
    }

    @ParameterizedTest(name = "{1}: a PMI reaches the guest whose counter overflowed, and no other, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void pmiOfItsOwn(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        Guest one = running(host, design, "one");
        sample(one);
        Guest two = running(host, design, "two");
        sample(two);
        two.work(Host.work(90, 90, 0));
        host.first.schedule(one.vcpu);
        one.work(Host.work(100, 100, 0));
        assertTrue(one.vcpu.takePmi());
        host.first.schedule(two.vcpu);
        two.work(Host.work(9, 9, 0));
        assertEquals(0, two.status());
        assertFalse(two.vcpu.isPmiPending());
        two.work(Host.work(1, 1, 0));
        assertEquals(1, two.status());
        assertTrue(two.vcpu.takePmi());
    }

    private static void sample(Guest guest) {
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        guest.enable(0);
        guest.select(0, Guest.selector(Host.BRANCHES) | Guest.INTERRUPTS, -100 & 0xFFFF_FFFFL);
        guest.enable(1);
    }

    @ParameterizedTest(name = "{1}: a guest takes its counts and what is left to an overflow along to another CPU, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void migration(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        Guest guest = running(host, design, "guest");
        PerfEvent occupied = host.second.perf().open(host.second.perf().cpuContext(),
                EventAttributes.of("host's", Guest.event(Host.MISSES)).counters(1).pinned().build(), OverflowHandler.NONE);
        sample(guest);
        guest.work(Host.work(60, 60, 0));
        int before = guest.behind(0).counter();
        host.first.schedule(null);
        host.first.work(Host.work(1_000, 1_000, 0));
        host.second.schedule(guest.vcpu);
        assertNotEquals(before, guest.behind(0).counter());
        guest.work(Host.work(39, 39, 0));
        assertEquals(0, guest.status());
        assertEquals(Guest.MASK, guest.read(0));
        guest.work(Host.work(1, 1, 0));
        assertEquals(1, guest.status());
        assertTrue(guest.vcpu.takePmi());
        guest.vcpu.returnToUserSpace();
        host.second.schedule(null);
        host.first.schedule(guest.vcpu);
        guest.vcpu.run();
        guest.work(Host.work(7, 7, 0));
        assertEquals(7, guest.read(0));
        assertEquals(0, occupied.read());
    }

    @ParameterizedTest(name = "{1}: guests on the two threads of a core count each its own, and cannot ask for any thread, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void siblings(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        Guest one = running(host, design, "one");
        Guest two = new Guest(host, "two", design);
        host.second.schedule(two.vcpu);
        two.vcpu.run();
        for (Guest guest : new Guest[] {one, two}) {
            guest.enable(1);
            guest.select(0, Guest.selector(Host.BRANCHES), 0);
            assertThrows(GeneralProtectionFault.class, () -> guest.select(0, Guest.selector(Host.BRANCHES) | ANY_THREAD, 0));
        }
        for (int i = 0; i < ROUNDS; i++) {
            one.work(Host.work(100, 3, 0));
            host.second.hardware().runSibling(Host.work(100, 3, 0), 0);
            two.work(Host.work(100, 5, 0));
            host.first.hardware().runSibling(Host.work(100, 5, 0), 0);
        }
        assertEquals(3 * ROUNDS, one.read(0));
        assertEquals(5 * ROUNDS, two.read(0));
    }

    @ParameterizedTest(name = "{1}: reset leaves no event of a guest''s, and its registers as they were at first, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void reset(HostCpu cpu, Design design) {
        Host host = new Host(cpu);
        Guest guest = running(host, design, "guest");
        sample(guest);
        guest.work(Host.work(150, 150, 0));
        guest.vcpu.wrmsr(Guest.FIXED_CTR_CTRL, 0x33);
        guest.vcpu.reset();
        EventContext events = guest.vcpu.events();
        assertTrue(events.events().isEmpty());
        assertEquals(0, host.first.perf().activeCounters());
        assertEquals(0, guest.read(0));
        assertEquals(0, guest.status());
        assertEquals(0, guest.vcpu.rdmsr(Guest.FIXED_CTR_CTRL));
        assertEquals(0, guest.vcpu.rdmsr(Guest.EVENTSEL));
        assertEquals(cpu.generalCounters(), guest.vcpu.rdmsr(Guest.GLOBAL_CTRL));
        assertFalse(guest.vcpu.isPmiPending());
        guest.count(0, Host.BRANCHES);
        guest.work(Host.work(100, 42, 0));
        assertEquals(42, guest.read(0));
    }
}
