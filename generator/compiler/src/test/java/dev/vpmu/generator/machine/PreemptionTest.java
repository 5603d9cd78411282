package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.machine.HostThread;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A PMU is loaded and put on more occasions than the scheduler's notifiers tell of (domain.md §1, trap 24). */
class PreemptionTest {

    @Test
    void firstLoadBypassesTheNotifier() {
        Stubbed stubbed = new Stubbed();
        stubbed.first.schedule(stubbed.vcpu);
        assertEquals(List.of(), stubbed.pmu.take(), "the thread is in user space");
        stubbed.vcpu.run();
        assertEquals(List.of("load"), stubbed.pmu.take());
        stubbed.vcpu.run();
        assertEquals(List.of(), stubbed.pmu.take(), "it is loaded");
    }

    @Test
    void notifiersComeBeforePutAndLoad() {
        Stubbed stubbed = Stubbed.running();
        stubbed.work();
        stubbed.first.schedule(null);
        assertEquals(List.of("scheduled out", "put"), stubbed.pmu.take());
        stubbed.first.schedule(stubbed.vcpu);
        assertEquals(List.of("scheduled in", "load"), stubbed.pmu.take());
        assertEquals(List.of("vcpu enters", "vcpu exits: EXTERNAL_INTERRUPT", "CPU 0 runs nothing", "CPU 0 runs vcpu"), stubbed.journal.take());
    }

    @Test
    void returnToUserSpaceBypassesTheNotifier() {
        Stubbed stubbed = Stubbed.running();
        stubbed.work();
        stubbed.vcpu.returnToUserSpace();
        assertEquals(List.of("put"), stubbed.pmu.take());
        assertEquals(List.of("vcpu enters", "vcpu exits: EXTERNAL_INTERRUPT"), stubbed.journal.take());
        stubbed.vcpu.returnToUserSpace();
        assertEquals(List.of(), stubbed.pmu.take(), "it is there");
    }

    @Test
    void noNotifierInUserSpace() {
        Stubbed stubbed = Stubbed.running();
        stubbed.vcpu.returnToUserSpace();
        stubbed.pmu.take();
        stubbed.first.schedule(null);
        stubbed.first.schedule(stubbed.vcpu);
        assertEquals(List.of(), stubbed.pmu.take());
        stubbed.vcpu.run();
        assertEquals(List.of("load"), stubbed.pmu.take());
    }

    @Test
    void preemptedItMigrates() {
        Stubbed stubbed = Stubbed.running();
        stubbed.first.schedule(new HostThread("other"));
        assertEquals(List.of("scheduled out", "put"), stubbed.pmu.take());
        assertNull(stubbed.vcpu.cpu());
        stubbed.second.schedule(stubbed.vcpu);
        assertEquals(List.of("scheduled in", "load"), stubbed.pmu.take());
        assertSame(stubbed.second, stubbed.vcpu.cpu());
        stubbed.journal.take();
        stubbed.work();
        assertEquals(List.of("vcpu enters"), stubbed.journal.take(), "no run() is needed");
        assertSame(stubbed.second.perf(), stubbed.pmu.port.perf());
    }

    @Test
    void fromUserSpaceItMigratesUnnoticed() {
        Stubbed stubbed = Stubbed.running();
        stubbed.vcpu.returnToUserSpace();
        stubbed.first.schedule(null);
        stubbed.second.schedule(stubbed.vcpu);
        assertEquals(List.of("put"), stubbed.pmu.take());
        stubbed.vcpu.run();
        assertEquals(List.of("load"), stubbed.pmu.take());
    }

    @Test
    void schedulingTheThreadThatRunsChangesNothing() {
        Stubbed stubbed = Stubbed.running();
        stubbed.work();
        stubbed.journal.take();
        stubbed.first.schedule(stubbed.vcpu);
        assertEquals(List.of(), stubbed.pmu.take());
        assertEquals(List.of(), stubbed.journal.take());
    }

    @Test
    void itIsRunnableWithACpuAndOutsideUserSpace() {
        Stubbed stubbed = new Stubbed();
        assertFalse(stubbed.vcpu.isRunnable());
        stubbed.first.schedule(stubbed.vcpu);
        assertFalse(stubbed.vcpu.isRunnable());
        stubbed.vcpu.run();
        assertTrue(stubbed.vcpu.isRunnable());
        stubbed.first.schedule(null);
        assertFalse(stubbed.vcpu.isRunnable());
    }
}
