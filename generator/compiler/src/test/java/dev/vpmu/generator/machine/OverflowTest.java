package dev.vpmu.generator.machine;

import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.PERIOD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.machine.MachineListener.Access;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.registers.LvtEntry;
import dev.vpmu.runtime.vpmu.VcpuPort.EventStep;
import dev.vpmu.runtime.vpmu.VirtualPmu;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a guest's counters overflow, TRAD-7 to TRAD-10 (domain.md §12.7). */
class OverflowTest {

    private static final int SKID = 50;
    private static final int DEBUGCTL = 0x1D9;
    private static final int PEBS_ENABLE = 0x3F1;
    private static final int DS_AREA = 0x600;

    /** The low half of a negative value, which the CPU extends. */
    private static long minus(long distance) {
        return -distance & 0xFFFF_FFFFL;
    }

    /** Branches are counted by counter 0, which is so far from its overflow and asks for a PMI. */
    private static Guest sampling(Guest guest, long distance) {
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        guest.enable(0);
        guest.select(0, Guest.selector(Host.BRANCHES) | Guest.INTERRUPTS, minus(distance));
        guest.enable(1);
        guest.host.journal.take();
        guest.host.journal.takeSteps();
        return guest;
    }

    private static void branches(Guest guest, int branches) {
        guest.work(Host.work(branches, branches, 0));
    }

    @ParameterizedTest(name = "TRAD-7 2018: an overflow that comes late wakes a halted guest, through an irq-work, on {0}")
    @MethodSource(HostCpu.EACH)
    void wakesThen(HostCpu cpu) {
        assertEquals(List.of("guest exits: HLT", "guest is asked for PMU", "CPU 0 takes an NMI in host mode, handles 1", "guest is asked for PMI", "guest is kicked",
                "guest's irq-work ran", "guest gets a PMI"), lateOverflow(cpu, Design.THEN));
    }

    @ParameterizedTest(name = "TRAD-7 today: an overflow that comes late wakes a halted guest, with no irq-work, on {0}")
    @MethodSource(HostCpu.EACH)
    void wakesNow(HostCpu cpu) {
        assertEquals(List.of("guest exits: HLT", "guest is asked for PMU", "guest is asked for PMI", "guest is kicked", "CPU 0 takes an NMI in host mode, handles 1",
                "guest gets a PMI"), lateOverflow(cpu, Design.NOW));
    }

    /** What happens from the guest's HLT on, until it runs again. */
    private static List<String> lateOverflow(HostCpu cpu, Design design) {
        Guest guest = sampling(new Host(cpu).guest(design), 10);
        Host host = guest.host;
        host.first.hardware().pmiSkid(SKID);
        branches(guest, SKID);
        assertEquals(List.of(), host.journal.take(), "the PMI is on its way");
        guest.vcpu.halt();
        assertTrue(guest.vcpu.isHalted());
        assertFalse(guest.vcpu.isRunnable());
        host.first.work(Host.work(SKID, SKID, 0));
        assertFalse(guest.vcpu.isHalted());
        assertTrue(guest.vcpu.isRunnable());
        int[] pmis = {0};
        guest.vcpu.onPmi(() -> {
            pmis[0]++;
            assertEquals(1, guest.status());
            assertEquals(SKID - 10, guest.read(0), "nothing has run between the wake-up and the PMI");
        });
        branches(guest, 7);
        assertEquals(1, pmis[0]);
        assertEquals(SKID - 10 + 7, guest.read(0));
        List<String> lines = host.journal.take();
        int entry = lines.indexOf("guest enters");
        assertTrue(lines.subList(entry, lines.size()).stream().noneMatch(line -> line.contains("PMI")), lines::toString);
        return lines.subList(0, entry);
    }

    @ParameterizedTest(name = "{1}: a PMI that is still on its way when the thread leaves its CPU finds no event; the guest keeps the count, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void lostOnTheWay(HostCpu cpu, Design design) {
        Guest guest = sampling(new Host(cpu).guest(design), 10);
        Host host = guest.host;
        host.first.hardware().pmiSkid(SKID);
        branches(guest, SKID);
        guest.vcpu.halt();
        host.first.schedule(null);
        host.first.work(Host.work(SKID, SKID, 0));
        assertEquals(List.of("guest exits: HLT", "CPU 0 runs nothing", "CPU 0 takes an NMI in host mode, handles 0"), host.journal.take());
        host.first.schedule(guest.vcpu);
        assertTrue(guest.vcpu.isHalted());
        assertEquals(SKID - 10, guest.pmu.rdmsr(Guest.PMC));
        assertEquals(0, guest.pmu.rdmsr(Guest.STATUS));
    }

    @ParameterizedTest(name = "TRAD-8 {1}: an overflow before the last one's reprogramming is ignored, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void ignored(HostCpu cpu, Design design) {
        boolean[] late = {false};
        Host host = new Host(cpu);
        Guest guest = new Guest(host, "guest", design, pmu -> withoutWork(pmu, late));
        host.first.schedule(guest.vcpu);
        guest.vcpu.run();
        sampling(guest, 10);
        late[0] = true;
        branches(guest, 10);
        assertEquals(1, guest.status());
        assertTrue(guest.vcpu.takePmi());
        guest.vcpu.wrmsr(Guest.OVF_CTRL, 1);
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        host.journal.take();

        branches(guest, 35);
        List<String> lines = host.journal.take();
        assertEquals(3, lines.stream().filter("CPU 0 takes an NMI in guest mode, handles 1"::equals).count(), "the host's event goes on with its period");
        assertEquals(List.of(), lines.stream().filter(line -> line.contains("asked") || line.contains("PMI")).toList());
        assertEquals(0, guest.status());
        assertFalse(guest.vcpu.isPmiPending());
        assertEquals(35, guest.read(0), "what it counts is not lost");

        late[0] = false;
        guest.host.first.tick();
        guest.pmu.work();
        guest.vcpu.wrmsr(Guest.PMC, minus(20));
        guest.enable(0);
        guest.enable(1);
        branches(guest, 19);
        assertEquals(0, guest.status());
        branches(guest, 2);
        assertEquals(1, guest.status(), "reprogrammed it overflows again");
        assertTrue(guest.vcpu.takePmi());
    }

    /** A PMU whose work is put off as long as {@code late} says so. */
    private static VirtualPmu withoutWork(VirtualPmu pmu, boolean[] late) {
        return (VirtualPmu) Proxy.newProxyInstance(OverflowTest.class.getClassLoader(), new Class<?>[] {VirtualPmu.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("work") && late[0]) {
                return null;
            }
            try {
                return method.invoke(pmu, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    @ParameterizedTest(name = "TRAD-9 {1}: branches that begin at -1 are counted and never traced, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void neverTraced(HostCpu cpu, Design design) {
        Guest guest = sampling(new Host(cpu).guest(design), 1);
        assertCounted(guest);
        branches(guest, 2);
        assertEquals(1, guest.read(0));
        assertEquals(1, guest.status());
        assertTrue(guest.vcpu.takePmi());

        guest.vcpu.wrmsr(Guest.OVF_CTRL, 1);
        guest.vcpu.lvt().lvtpc(LvtEntry.LVTPC_NMI);
        guest.enable(0);
        guest.vcpu.wrmsr(Guest.PMC, minus(1));
        guest.host.journal.takeSteps();
        guest.enable(1);
        assertEquals(design == Design.NOW ? Map.of(EventStep.PERIOD, 1, EventStep.RESUME, 1) : Map.of(EventStep.CREATE, 1), guest.host.journal.takeSteps());
        assertCounted(guest);
        branches(guest, 2);
        assertEquals(1, guest.read(0));
        assertEquals(1, guest.status());
        assertTrue(guest.host.journal.takeAccesses().stream().filter(access -> access.access() == Access.WRMSR)
                .noneMatch(access -> access.address() == DEBUGCTL || access.address() == DS_AREA || access.address() == PEBS_ENABLE && access.value() != 0));
    }

    private static void assertCounted(Guest guest) {
        PerfEvent event = guest.behind(0);
        assertEquals(1, event.samplePeriod());
        assertEquals(0, event.attributes().precise());
        assertTrue((guest.host.cpu.generalCounters() >>> event.counter() & 1) != 0, event::toString);
    }

    @ParameterizedTest(name = "TRAD-10 2018: writing a counter that runs leaves its overflow where it was, on {0}")
    @MethodSource(HostCpu.EACH)
    void staysStaleThen(HostCpu cpu) {
        Guest guest = sampling(new Host(cpu).guest(Design.THEN), 1_000);
        branches(guest, 100);
        guest.vcpu.wrmsr(Guest.PMC, minus(10));
        assertEquals(Map.of(), guest.host.journal.takeSteps());
        branches(guest, 899);
        assertEquals(889, guest.read(0), "it has passed 0");
        assertEquals(0, guest.status());
        assertFalse(guest.vcpu.isPmiPending());
        branches(guest, 1);
        assertEquals(1, guest.status(), "the thousandth since it was enabled");
        assertTrue(guest.vcpu.isPmiPending());
        assertEquals(890, guest.read(0));
    }

    @ParameterizedTest(name = "TRAD-10 today: writing a counter that runs sets its overflow anew, on {0}")
    @MethodSource(HostCpu.EACH)
    void rearmsNow(HostCpu cpu) {
        Guest guest = sampling(new Host(cpu).guest(Design.NOW), 1_000);
        branches(guest, 100);
        guest.vcpu.wrmsr(Guest.PMC, minus(10));
        assertEquals(Map.of(PERIOD, 1), guest.host.journal.takeSteps());
        branches(guest, 9);
        assertEquals(0, guest.status());
        branches(guest, 1);
        assertEquals(1, guest.status());
        assertTrue(guest.vcpu.isPmiPending());
        assertEquals(0, guest.read(0));
        guest.vcpu.wrmsr(Guest.OVF_CTRL, 1);
        branches(guest, 2_000);
        assertEquals(0, guest.status(), "from 0 it is far");
        assertEquals(2_000, guest.read(0));
    }

    @ParameterizedTest(name = "TRAD-10 {1}: a running counter that is written counts from what was written, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void countsFromWritten(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        guest.count(0, Host.BRANCHES);
        branches(guest, 70);
        guest.vcpu.wrmsr(Guest.PMC, 5);
        branches(guest, 30);
        assertEquals(35, guest.read(0));
        guest.vcpu.wrmsr(Guest.PMC, minus(3));
        branches(guest, 2);
        assertEquals(Guest.MASK, guest.read(0));
    }
}
