package dev.vpmu.generator.perf.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.model.Acknowledge;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.InterruptModel;
import dev.vpmu.dsl.model.PmuModel;
import dev.vpmu.generator.emit.EmittedFile;
import dev.vpmu.generator.emit.java.JavaEmitter;
import dev.vpmu.runtime.perf.PerfCore;
import dev.vpmu.runtime.perf.PerfObserver;
import dev.vpmu.runtime.perf.PerfSystem;
import dev.vpmu.runtime.perf.StatusCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The route of a PMI through generated perf, step by step. */
class GeneratedPmiTest {

    private final ScriptedPmu pmu = new ScriptedPmu();
    private final PerfCore perf = PerfCpus.broadwell().door().perf(new PerfSystem(), pmu, pmu, () -> 0, true);
    private final PerfHooks hooks = new PerfHooks(perf);

    private List<String> steps(boolean enabled) {
        pmu.steps();
        hooks.handlePmi(enabled);
        return pmu.steps();
    }

    @Test
    void aStatusIsAcknowledgedUntilItIsEmptyAndLvtpcComesLast() {
        pmu.status(0x1, 0x2_0000_0004L);
        assertEquals(List.of("38F := 0", "read 38E", "390 := 1", "read 38E", "390 := 200000004", "read 38E", "38F := 70000000F", "LVTPC := 400"), steps(true));
    }

    @Test
    void withoutAStatusNothingIsAcknowledgedAndEverythingGoesOn() {
        assertEquals(List.of("38F := 0", "read 38E", "38F := 70000000F", "LVTPC := 400"), steps(true));
    }

    @Test
    void whatWasDisabledBeforeStaysSo() {
        pmu.status(0x1);
        assertEquals(List.of("38F := 0", "read 38E", "390 := 1", "read 38E", "LVTPC := 400"), steps(false));
    }

    @Test
    void aStatusThatDoesNotEndIsGivenUpAfterAHundredLooks() {
        pmu.statusForEver(0x8);
        List<String> steps = steps(true);
        assertEquals(101, steps.stream().filter("read 38E"::equals).count());
        assertEquals(100, steps.stream().filter("390 := 8"::equals).count());
        assertEquals(List.of("38F := 70000000F", "LVTPC := 400"), steps.subList(steps.size() - 2, steps.size()));
    }

    @Test
    void whatIsNoCountersGoesToWhoeverHasToHearOfIt() {
        List<StatusCause> causes = new ArrayList<>();
        perf.observe(new PerfObserver() {
            @Override
            public void reported(StatusCause cause) {
                causes.add(cause);
            }
        });
        pmu.status(1L << 62, 1L << 55, 1L << 63 | 1L << 61, 1L << 62 | 1L << 55);
        assertEquals(4, hooks.handlePmi(true));
        assertEquals(List.of(StatusCause.PRECISE_BUFFER, StatusCause.TRACE, StatusCause.TRACE, StatusCause.PRECISE_BUFFER), causes);
    }

    @Test
    void overflowsOfReservedCountersGoToTheCallbackAndNoOthersDo() {
        List<Long> called = new ArrayList<>();
        perf.mask(this, 0x1_0000_0002L);
        perf.register(called::add);
        pmu.status(0x3, 0x1, 0x1_0000_0000L | 1L << 63);
        assertEquals(2, hooks.handlePmi(true));
        assertEquals(List.of(0x2L, 0x1_0000_0000L), called);
        assertEquals("38F := 60000000D", steps(true).get(2));
    }

    /* ------------------------------------------------------------- other CPUs */

    private static String handler(CpuModel model) {
        for (EmittedFile file : JavaEmitter.sources(new PmuModel(List.of(model)))) {
            if (file.path().endsWith("HostPerf.java")) {
                String text = file.content();
                return text.substring(text.indexOf("int handlePmi("), text.indexOf("protected long control("));
            }
        }
        throw new AssertionError("no host perf");
    }

    private static CpuModel with(CpuModel cpu, Optional<InterruptModel> interrupt) {
        return new CpuModel(cpu.packageName(), cpu.name(), cpu.version(), cpu.signatures(), cpu.banks(), cpu.capabilities(), cpu.layouts(), cpu.registers(), cpu.addresses(),
                cpu.leaves(), cpu.rdpmc(), interrupt, cpu.freezes(), cpu.branchRecords(), cpu.preciseRecords(), cpu.extras(), cpu.constraints(), cpu.periods(), cpu.events(),
                cpu.clocks(), cpu.clockEvents(), cpu.fixedEvents(), cpu.origin());
    }

    private static String handler(boolean masksItself, Acknowledge when) {
        CpuModel cpu = PerfCpus.broadwell().model();
        return handler(with(cpu, Optional.of(new InterruptModel(masksItself, when, cpu.origin()))));
    }

    @Test
    void lvtpcIsUnmaskedWhereTheCpuWantsIt() {
        String unmask = "lvt.lvtpc(LVTPC_NMI);";
        String early = handler(true, Acknowledge.EARLY);
        assertTrue(early.indexOf(unmask) < early.indexOf("disableAll(") && early.indexOf(unmask) > 0, early);
        String middle = handler(true, Acknowledge.MIDDLE);
        assertTrue(middle.indexOf(unmask) > middle.lastIndexOf("rdmsr(") && middle.indexOf(unmask) < middle.indexOf("enableAll("), middle);
        String late = handler(true, Acknowledge.LATE);
        assertTrue(late.indexOf(unmask) > late.indexOf("enableAll("), late);
        for (String handler : List.of(early, middle, late)) {
            assertEquals(handler.indexOf(unmask), handler.lastIndexOf(unmask), handler);
        }
    }

    @Test
    void anEntryThatDoesNotMaskItselfIsLeftAlone() {
        assertTrue(!handler(false, Acknowledge.LATE).contains("lvt."));
        assertTrue(!handler(with(PerfCpus.broadwell().model(), Optional.empty())).contains("lvt."));
    }
}
