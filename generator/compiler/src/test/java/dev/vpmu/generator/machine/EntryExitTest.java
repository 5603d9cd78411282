package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.ExitReason;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.EventAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a CPU does by itself when it enters and leaves guest mode, in order (domain.md §2.12, §4.8). */
class EntryExitTest {

    private static final String ENABLE = "SWITCH WRMSR 0x38F ";
    private static final int FULL_WIDTH = 0x4C1;

    private static List<String> accesses(Stubbed stubbed) {
        return stubbed.journal.takeAccesses().stream().map(Journal.Accessed::toString).toList();
    }

    @Test
    void withoutEventsThatExcludeNothingIsSwitched() {
        Stubbed stubbed = Stubbed.running();
        stubbed.host.open(EventAttributes.of("ordinary", Guest.event(Host.BRANCHES)));
        accesses(stubbed);
        stubbed.work();
        stubbed.first.tick();
        assertEquals(List.of(), accesses(stubbed));
    }

    @Test
    void perfSwitchesWhatExcludes() {
        Stubbed stubbed = Stubbed.running();
        stubbed.host.open(EventAttributes.of("guest's", Guest.event(Host.BRANCHES)).excludeHost());
        stubbed.host.open(EventAttributes.of("host's", Guest.event(Host.BRANCHES)).excludeGuest());
        accesses(stubbed);
        stubbed.work();
        assertEquals(List.of(ENABLE + "0x70000000D"), accesses(stubbed));
        stubbed.first.tick();
        assertEquals(List.of(ENABLE + "0x70000000E"), accesses(stubbed));
    }

    @Test
    void entryLoadsAfterPerfAndExitLoadsBeforeIt() {
        Stubbed stubbed = Stubbed.running();
        stubbed.host.open(EventAttributes.of("guest's", Guest.event(Host.BRANCHES)).excludeHost());
        stubbed.msrs().load(Guest.GLOBAL_CTRL, 0xF, 0x1);
        stubbed.msrs().load(Guest.EVENTSEL + 3, Guest.selector(Host.MISSES), 0);
        accesses(stubbed);
        stubbed.work();
        assertEquals(List.of(ENABLE + "0x70000000F", ENABLE + "0xF", "SWITCH WRMSR 0x189 0x4300C5"), accesses(stubbed));
        stubbed.first.tick();
        assertEquals(List.of(ENABLE + "0x1", "SWITCH WRMSR 0x189 0x0", ENABLE + "0x70000000E"), accesses(stubbed));
    }

    @Test
    void exitStoresWhileTheGuestsValuesAreThere() {
        Stubbed stubbed = Stubbed.running();
        stubbed.msrs().load(FULL_WIDTH, 100, 5);
        stubbed.msrs().load(Guest.EVENTSEL, Guest.selector(Host.BRANCHES), 0);
        stubbed.msrs().store(FULL_WIDTH);
        assertEquals(0, stubbed.msrs().stored(FULL_WIDTH));
        stubbed.first.hardware().wrmsr(Guest.GLOBAL_CTRL, 1);
        stubbed.vcpu.work(Host.work(1_000, 42, 0));
        assertEquals(0, stubbed.msrs().stored(FULL_WIDTH), "nothing was left");
        accesses(stubbed);
        stubbed.first.work(Host.work(1_000, 42, 0));
        assertEquals(List.of("SWITCH RDMSR 0x4C1 0x8E", "SWITCH WRMSR 0x4C1 0x5", "SWITCH WRMSR 0x186 0x0"), accesses(stubbed));
        assertEquals(142, stubbed.msrs().stored(FULL_WIDTH));
        assertEquals(5, stubbed.first.hardware().rdmsr(FULL_WIDTH), "the host's own");
    }

    @Test
    void aRegisterThatIsLeftIsNeitherLoadedNorStored() {
        Stubbed stubbed = Stubbed.running();
        stubbed.msrs().load(FULL_WIDTH, 100, 5);
        stubbed.msrs().store(FULL_WIDTH);
        stubbed.work();
        stubbed.first.tick();
        assertEquals(100, stubbed.msrs().stored(FULL_WIDTH));
        stubbed.msrs().leave(FULL_WIDTH);
        assertEquals(0, stubbed.msrs().stored(FULL_WIDTH));
        accesses(stubbed);
        stubbed.work();
        stubbed.first.tick();
        assertEquals(List.of(), accesses(stubbed));
    }

    @Test
    void aGuestStaysInGuestModeUntilSomethingTakesItOut() {
        Stubbed stubbed = Stubbed.running();
        stubbed.work();
        stubbed.work();
        assertEquals(List.of("vcpu enters"), stubbed.journal.take());
    }

    @Test
    void everyReasonTakesItOut() {
        Stubbed stubbed = Stubbed.running();
        List<Runnable> leaving = List.of(() -> stubbed.vcpu.rdmsr(Guest.PMC), () -> stubbed.vcpu.wrmsr(Guest.PMC, 0), () -> stubbed.vcpu.rdpmc(0),
                stubbed.vcpu::cpuid, stubbed.vcpu::emulatedBranch, stubbed.first::tick, stubbed.first::rotate, () -> stubbed.first.work(Step.of(1).build()),
                stubbed.vcpu::halt);
        List<ExitReason> reasons = new ArrayList<>();
        stubbed.host.machine.listen(new MachineListener() {
            @Override
            public void exited(Vcpu vcpu, ExitReason reason) {
                reasons.add(reason);
            }
        });
        for (Runnable what : leaving) {
            stubbed.work();
            what.run();
        }
        assertEquals(List.of(ExitReason.RDMSR, ExitReason.WRMSR, ExitReason.RDPMC, ExitReason.CPUID, ExitReason.EXTERNAL_INTERRUPT, ExitReason.EXTERNAL_INTERRUPT,
                ExitReason.EXTERNAL_INTERRUPT, ExitReason.EXTERNAL_INTERRUPT, ExitReason.HLT), reasons);
    }

    @Test
    void reasonsHaveTheNumbersOfTheManual() {
        assertEquals(List.of(0, 1, 10, 12, 15, 31, 32), Stream.of(ExitReason.values()).map(ExitReason::number).toList());
    }

    @Test
    void timePassesOnTheCpuThatWorksWhoeverItWorksFor() {
        Stubbed stubbed = Stubbed.running();
        stubbed.vcpu.work(Step.of(1_100).build());
        stubbed.first.work(Step.of(1_100).build());
        stubbed.vcpu.cpuid();
        assertEquals(2_200, stubbed.first.cycles());
        assertEquals(1_000, stubbed.first.nanos(), "at 2200 MHz");
        assertEquals(0, stubbed.second.nanos());
        assertTrue(stubbed.host.machine.cpus().contains(stubbed.second));
    }
}
