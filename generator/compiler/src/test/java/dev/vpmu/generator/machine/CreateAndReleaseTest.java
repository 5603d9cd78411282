package dev.vpmu.generator.machine;

import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.CREATE;
import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.PAUSE;
import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.PERIOD;
import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.RELEASE;
import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.RESUME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.vpmu.runtime.vpmu.VcpuPort.EventStep;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a guest's control writes cost in host events, TRAD-1 to TRAD-3 (domain.md §12.7). */
class CreateAndReleaseTest {

    private static final Map<EventStep, Integer> NOTHING = Map.of();
    private static final long UMASK = 0x0400;

    private static Map<EventStep, Integer> steps(Guest guest) {
        return guest.host.journal.takeSteps();
    }

    private static Guest counting(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        guest.count(0, Host.BRANCHES);
        steps(guest);
        return guest;
    }

    @ParameterizedTest(name = "TRAD-1 {1}: enabling a counter for itself is one create, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void oneSelectorIsOneCreate(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        guest.enable(1);
        guest.vcpu.wrmsr(Guest.PMC, 0);
        assertEquals(NOTHING, steps(guest));
        guest.vcpu.wrmsr(Guest.EVENTSEL, Guest.selector(Host.BRANCHES));
        assertEquals(Map.of(CREATE, 1), steps(guest));
        guest.vcpu.wrmsr(Guest.FIXED_CTR_CTRL, 0x30);
        assertEquals(NOTHING, steps(guest), "it is not enabled globally");
    }

    @ParameterizedTest(name = "TRAD-1 {1}: enabling a counter globally is one create, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void oneGlobalEnableIsOneCreate(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        guest.enable(0);
        guest.vcpu.wrmsr(Guest.EVENTSEL, Guest.selector(Host.BRANCHES));
        guest.vcpu.wrmsr(Guest.FIXED_CTR_CTRL, 0x30);
        assertEquals(NOTHING, steps(guest));
        guest.enable(1);
        assertEquals(Map.of(CREATE, 1), steps(guest));
        guest.enable(1 | 1L << 33);
        assertEquals(Map.of(CREATE, 1), steps(guest), "the fixed one");
    }

    @ParameterizedTest(name = "TRAD-1 {1}: a control write that changes nothing costs nothing, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void sameValueCostsNothing(HostCpu cpu, Design design) {
        Guest guest = counting(cpu, design);
        guest.vcpu.wrmsr(Guest.EVENTSEL, Guest.selector(Host.BRANCHES));
        guest.enable(1);
        guest.vcpu.wrmsr(Guest.FIXED_CTR_CTRL, 0);
        guest.vcpu.cpuid();
        assertEquals(NOTHING, steps(guest));
    }

    @ParameterizedTest(name = "TRAD-1 2018: another unit mask is a release and a create at once, on {0}")
    @MethodSource(HostCpu.EACH)
    void anotherUnitMaskThen(HostCpu cpu) {
        Guest guest = counting(cpu, Design.THEN);
        guest.host.first.tick();
        for (long umask = UMASK; umask <= 3 * UMASK; umask += UMASK) {
            guest.pmu.wrmsr(Guest.EVENTSEL, Guest.selector(Host.BRANCHES) | umask);
            assertEquals(Map.of(RELEASE, 1, CREATE, 1), steps(guest), "before the guest runs on");
        }
        guest.vcpu.cpuid();
        assertEquals(NOTHING, steps(guest));
    }

    @ParameterizedTest(name = "TRAD-1 today: other unit masks are one create, before the guest runs on, on {0}")
    @MethodSource(HostCpu.EACH)
    void anotherUnitMaskNow(HostCpu cpu) {
        Guest guest = counting(cpu, Design.NOW);
        guest.host.first.tick();
        for (long umask = UMASK; umask <= 3 * UMASK; umask += UMASK) {
            guest.pmu.wrmsr(Guest.EVENTSEL, Guest.selector(Host.BRANCHES) | umask);
            assertEquals(NOTHING, steps(guest), "put off");
        }
        guest.vcpu.cpuid();
        assertEquals(Map.of(PAUSE, 1, RELEASE, 1, CREATE, 1), steps(guest));
        assertEquals(Guest.event(Host.BRANCHES) | 3 * UMASK, guest.behind(0).attributes().config());
    }

    @ParameterizedTest(name = "TRAD-1 2018: disabling is a release, enabling again a create, on {0}")
    @MethodSource(HostCpu.EACH)
    void offAndOnThen(HostCpu cpu) {
        Guest guest = counting(cpu, Design.THEN);
        guest.vcpu.wrmsr(Guest.EVENTSEL, Guest.event(Host.BRANCHES));
        assertEquals(Map.of(RELEASE, 1), steps(guest));
        assertNull(guest.behind(0));
        guest.vcpu.wrmsr(Guest.EVENTSEL, Guest.selector(Host.BRANCHES));
        assertEquals(Map.of(CREATE, 1), steps(guest));
    }

    @ParameterizedTest(name = "TRAD-1 today: disabling is a pause; what is enabled again as it was created is resumed, on {0}")
    @MethodSource(HostCpu.EACH)
    void offAndOnNow(HostCpu cpu) {
        Guest guest = counting(cpu, Design.NOW);
        guest.vcpu.wrmsr(Guest.EVENTSEL, Guest.event(Host.BRANCHES));
        assertEquals(Map.of(PAUSE, 1), steps(guest));
        assertNotNull(guest.behind(0));
        guest.vcpu.wrmsr(Guest.EVENTSEL, Guest.selector(Host.BRANCHES));
        assertEquals(Map.of(PERIOD, 1, RESUME, 1), steps(guest));
        guest.vcpu.wrmsr(Guest.EVENTSEL, 0);
        guest.vcpu.wrmsr(Guest.EVENTSEL, Guest.selector(Host.MISSES));
        assertEquals(Map.of(PAUSE, 1, RELEASE, 1, CREATE, 1), steps(guest), "another event");
    }

    @ParameterizedTest(name = "TRAD-2 today: however many writes before one entry, a counter is reprogrammed once, on {0}")
    @MethodSource(HostCpu.EACH)
    void manyWritesNow(HostCpu cpu) {
        Guest guest = counting(cpu, Design.NOW);
        assertEquals(0, manyWrites(guest));
        guest.vcpu.cpuid();
        assertEquals(Map.of(PAUSE, 1, PERIOD, 1, RESUME, 1, CREATE, 1), steps(guest), "the first is as it was, the second is new");
    }

    @ParameterizedTest(name = "TRAD-2 2018: every write before an entry is a reprogramming of its own, on {0}")
    @MethodSource(HostCpu.EACH)
    void manyWritesThen(HostCpu cpu) {
        Guest guest = counting(cpu, Design.THEN);
        int before = manyWrites(guest);
        assertEquals(5 + 5 + 10 + 9, before, "the first: releases and creates; the second: creates and releases");
        guest.vcpu.cpuid();
        assertEquals(NOTHING, steps(guest));
    }

    /** User space writes the selectors of a guest that does not run; returns how much was done to host events. */
    private static int manyWrites(Guest guest) {
        guest.host.first.tick();
        guest.pmu.wrmsr(Guest.GLOBAL_CTRL, 3);
        steps(guest);
        for (int i = 0; i < 5; i++) {
            guest.pmu.wrmsr(Guest.EVENTSEL, Guest.event(Host.BRANCHES));
            guest.pmu.wrmsr(Guest.EVENTSEL, Guest.selector(Host.BRANCHES));
        }
        for (int i = 1; i <= 10; i++) {
            guest.pmu.wrmsr(Guest.EVENTSEL + 1, Guest.selector(Host.MISSES) | i * UMASK);
        }
        return steps(guest).values().stream().mapToInt(Integer::intValue).sum();
    }

    @ParameterizedTest(name = "TRAD-3 2018: GLOBAL_CTRL to 0 releases every event, and back creates it again, on {0}")
    @MethodSource(HostCpu.EACH)
    void globalControlThen(HostCpu cpu) {
        Guest guest = allSelected(cpu, Design.THEN);
        for (int time = 1; time <= 3; time++) {
            guest.enable(cpu.generalCounters());
            assertEquals(Map.of(CREATE, cpu.general()), steps(guest));
            guest.work(Host.work(100, 10, 0));
            guest.enable(0);
            assertEquals(Map.of(RELEASE, cpu.general()), steps(guest));
            guest.work(Host.work(100, 10, 0));
            assertAll(guest, 10L * time);
        }
    }

    @ParameterizedTest(name = "TRAD-3 today: GLOBAL_CTRL to 0 pauses every event, and back resumes it, on {0}")
    @MethodSource(HostCpu.EACH)
    void globalControlNow(HostCpu cpu) {
        Guest guest = allSelected(cpu, Design.NOW);
        for (int time = 1; time <= 3; time++) {
            guest.enable(cpu.generalCounters());
            assertEquals(time == 1 ? Map.of(CREATE, cpu.general()) : Map.of(PERIOD, cpu.general(), RESUME, cpu.general()), steps(guest));
            guest.work(Host.work(100, 10, 0));
            guest.enable(0);
            assertEquals(Map.of(PAUSE, cpu.general()), steps(guest));
            guest.work(Host.work(100, 10, 0));
            assertAll(guest, 10L * time);
        }
    }

    private static Guest allSelected(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        guest.enable(0);
        for (int counter = 0; counter < cpu.general(); counter++) {
            guest.select(counter, Guest.selector(Host.BRANCHES), 0);
        }
        assertEquals(NOTHING, steps(guest));
        return guest;
    }

    private static void assertAll(Guest guest, long expected) {
        for (int counter = 0; counter < guest.host.cpu.general(); counter++) {
            assertEquals(expected, guest.read(counter));
        }
    }
}
