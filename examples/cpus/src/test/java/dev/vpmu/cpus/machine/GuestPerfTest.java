package dev.vpmu.cpus.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.vpmu.EventOrientedDesign;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vpmu.intel.BroadwellEP;

/** A guest that runs perf as Linux would: on its registers, with the PMIs that its local APIC is given. */
class GuestPerfTest {

    private static final long INSTRUCTIONS_A_CYCLE = 2;
    private static final long CYCLES = 50_000;
    private static final int SLICES = 40;

    private final Machine machine = new Machine(new BroadwellEP(), 2, true, 2200, new PerfSystem());
    private final PhysicalCpu cpu = machine.cpu(0);
    /** Ring 3 only, so that nothing that the guest's kernel does to its registers is counted. */
    private final Step work = Step.of(CYCLES).ring(3).uniform(Step.event(0xC0, 0), INSTRUCTIONS_A_CYCLE * CYCLES).uniform(Step.event(0xC4, 0), CYCLES / 5)
            .uniform(Step.event(0xC5, 0), CYCLES / 100).uniform(Step.event(0x2E, 0x41), CYCLES / 50).uniform(Step.event(0x2E, 0x4F), CYCLES / 10).build();
    private final Step hostWork = Step.of(7_000).uniform(Step.event(0xC0, 0), 9_000).uniform(Step.event(0xC4, 0), 700).build();
    private long done;

    private static Stream<EventOrientedDesign> designs() {
        return Stream.of(EventOrientedDesign.synchronous(), EventOrientedDesign.deferring());
    }

    static Stream<Arguments> recordings() {
        return designs().flatMap(design -> LongStream.of(0, 1, 90, 700).boxed()
                .flatMap(skid -> LongStream.of(10_007, 33_331, 250_001).mapToObj(period -> Arguments.of(design, skid, period))));
    }

    private PerfCore guestPerf(Vcpu vcpu) {
        PerfCore perf = machine.cpu().perf(new PerfSystem(), vcpu, vcpu.lvt(), cpu::nanos, machine.isSmt());
        vcpu.onPmi(() -> assertTrue(perf.nmi() > 0, "a PMI of which the guest's perf finds no cause"));
        return perf;
    }

    /** In pieces, after each of which the host has something to do. */
    private void slice(Vcpu vcpu) {
        vcpu.privilege(3, false, true);
        for (long at = 0; at < work.cycles();) {
            long stopped = vcpu.work(work, at, work.cycles());
            at = stopped;
        }
        vcpu.privilege(0, false, true);
        cpu.work(hostWork);
        done++;
    }

    @ParameterizedTest(name = "perf record -c {2}, skid {1}: {0}")
    @MethodSource("recordings")
    void recordingSamplesAfterEachPeriodWithinTheSkid(EventOrientedDesign design, long skid, long period) {
        cpu.hardware().pmiSkid(skid);
        Vcpu vcpu = Guests.vcpu(machine, "vCPU 0", design);
        cpu.schedule(vcpu);
        vcpu.run();
        PerfCore perf = guestPerf(vcpu);
        List<Long> places = new ArrayList<>();
        List<Long> periods = new ArrayList<>();
        EventAttributes sampling = EventAttributes.of("instructions:u", 0xC0).excludeKernel().period(period).build();
        PerfEvent event = perf.open(perf.cpuContext(), sampling, (sampled, of) -> {
            places.add(sampled.count());
            periods.add(of);
        });
        for (int slice = 0; slice < SLICES; slice++) {
            slice(vcpu);
        }
        long all = SLICES * INSTRUCTIONS_A_CYCLE * CYCLES;
        assertEquals(all, event.read(), "the guest counts all of its work, and none of the host's");
        assertEquals(all / period, places.size(), 1, "samples");
        for (int i = 0; i < places.size(); i++) {
            long due = (i + 1) * period;
            long late = places.get(i) - due;
            assertTrue(late >= 0 && late <= INSTRUCTIONS_A_CYCLE * (skid + 1), "sample " + i + " is due after " + due + " and comes " + late + " later");
            assertEquals(period, periods.get(i));
        }
    }

    @ParameterizedTest(name = "perf stat with more events than counters: {0}")
    @MethodSource("designs")
    void moreEventsThanCountersTakeTurns(EventOrientedDesign design) {
        Vcpu vcpu = Guests.vcpu(machine, "vCPU 0", design);
        cpu.schedule(vcpu);
        vcpu.run();
        PerfCore perf = guestPerf(vcpu);
        long[] codes = {0xC4, 0xC5, 0x412E, 0x4F2E, 0xC4, 0xC5, 0x412E};
        long[] each = {CYCLES / 5, CYCLES / 100, CYCLES / 50, CYCLES / 10, CYCLES / 5, CYCLES / 100, CYCLES / 50};
        List<PerfEvent> events = new ArrayList<>();
        for (int i = 0; i < codes.length; i++) {
            events.add(perf.open(perf.cpuContext(), EventAttributes.of("event " + i, codes[i]).excludeKernel().build(), OverflowHandler.NONE));
        }
        int slices = codes.length * 8;
        for (int slice = 0; slice < slices; slice++) {
            slice(vcpu);
            perf.rotate();
        }
        for (int i = 0; i < codes.length; i++) {
            PerfEvent event = events.get(i);
            long share = event.timeRunning() * 1_000 / event.timeEnabled();
            assertTrue(share > 400 && share < 750, event + " ran " + share + " thousandths of its time; four of seven is fair");
            assertEquals((double) slices * each[i], event.scaled(), slices * each[i] * 0.02, event.name());
        }
        assertEquals(slices, done);
    }
}
