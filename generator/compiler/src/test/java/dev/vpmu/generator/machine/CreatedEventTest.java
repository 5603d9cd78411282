package dev.vpmu.generator.machine;

import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.CREATE;
import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.PAUSE;
import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.REFUSED;
import static dev.vpmu.runtime.vpmu.VcpuPort.EventStep.RELEASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.perf.EventAttributes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What host event a guest's counter becomes, and what happens if there cannot be one (domain.md §5.3, §5.4, traps 15, 16, 31, 42). */
class CreatedEventTest {

    private static final long USER_MODE = 1L << 16;
    private static final long KERNEL_MODE = 1L << 17;
    private static final long EDGE = 1L << 18;
    private static final long PIN_CONTROL = 1L << 19;
    private static final long INVERT = 1L << 23;
    private static final long THRESHOLD = 2L << 24;
    private static final long IN_TRANSACTION = 1L << 32;
    private static final long CHECKPOINTED = 1L << 33;
    /** Broadwell wants periods of 128 and more for it. */
    private static final long PRECISE_INSTRUCTIONS = Step.event(0xC0, 1);

    private static EventAttributes created(Guest guest, int counter, long selector, long begin) {
        guest.enable(0);
        guest.select(counter, selector, begin);
        guest.enable(1L << counter);
        return guest.behind(counter).attributes();
    }

    @ParameterizedTest(name = "{1}: it is a pinned event of the thread that excludes the host, with the guest''s modifiers, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void attributes(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        long modifiers = EDGE | INVERT | THRESHOLD | IN_TRANSACTION;
        EventAttributes attributes = created(guest, 1, Guest.selector(Host.BRANCHES) | modifiers | PIN_CONTROL | Guest.INTERRUPTS, 0);
        assertEquals(Guest.event(Host.BRANCHES) | modifiers, attributes.config());
        assertTrue(attributes.isPinned() && attributes.excludesHost() && attributes.excludesIdle());
        assertFalse(attributes.excludesGuest() || attributes.excludesUser() || attributes.excludesKernel() || attributes.isExclusive());
        assertEquals(0, attributes.precise());
        assertSame(guest.vcpu.events(), guest.behind(1).context());
        assertEquals("guest's gp[1]", attributes.name());
    }

    @ParameterizedTest(name = "{1}: it excludes the rings that the guest''s counter leaves out, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void rings(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        EventAttributes user = created(guest, 0, Guest.selector(Host.BRANCHES) & ~KERNEL_MODE, 0);
        assertTrue(user.excludesKernel() && !user.excludesUser());
        guest.work(Host.work(0, 100, 10, 0));
        guest.work(Host.work(3, 100, 7, 0));
        assertEquals(7, guest.read(0));
        EventAttributes kernel = created(guest, 0, Guest.selector(Host.BRANCHES) & ~USER_MODE, 0);
        assertTrue(!kernel.excludesKernel() && kernel.excludesUser());
        guest.work(Host.work(0, 100, 10, 0));
        guest.work(Host.work(3, 100, 7, 0));
        assertEquals(10, guest.read(0));
    }

    @ParameterizedTest(name = "{1}: its period is the distance to the overflow, which from 0 is the whole range, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void periods(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        assertEquals(Guest.MASK + 1, created(guest, 0, Guest.selector(Host.BRANCHES), 0).samplePeriod());
        assertEquals(Guest.MASK, created(guest, 1, Guest.selector(Host.BRANCHES), 1).samplePeriod());
        assertEquals(1_000, created(guest, 3, Guest.selector(Host.BRANCHES), -1_000 & 0xFFFF_FFFFL).samplePeriod());
    }

    @ParameterizedTest(name = "{1}: what takes aborted transactions back takes no samples, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void checkpointed(HostCpu cpu, Design design) {
        Guest guest = new Host(cpu).guest(design);
        assertFalse(created(guest, 2, Guest.selector(Host.BRANCHES) | CHECKPOINTED | IN_TRANSACTION | Guest.INTERRUPTS, -10 & 0xFFFF_FFFFL).isSampling());
        assertEquals(2, guest.behind(2).counter());
        guest.vcpu.wrmsr(Guest.PMC + 2, 5);
        assertEquals(5, guest.read(2));
    }

    @Test
    void todayWhatPerfRefusesIsTriedAgainWhenThereIsWorkAnyway() {
        Guest guest = refused(Design.NOW);
        guest.work(Step.of(100).uniform(PRECISE_INSTRUCTIONS, 100).build());
        guest.vcpu.cpuid();
        guest.host.first.tick();
        guest.vcpu.cpuid();
        assertEquals(Map.of(), guest.host.journal.takeSteps(), "it does not ask for work itself");
        guest.vcpu.wrmsr(Guest.EVENTSEL + 1, Guest.selector(Host.BRANCHES));
        assertEquals(Map.of(REFUSED, 1), guest.host.journal.takeSteps());
        guest.vcpu.wrmsr(Guest.PMC, -1_024 & 0xFFFF_FFFFL);
        assertEquals(Map.of(), guest.host.journal.takeSteps());
        guest.vcpu.wrmsr(Guest.EVENTSEL + 1, 0);
        assertEquals(Map.of(CREATE, 1), guest.host.journal.takeSteps());
        guest.work(Step.of(100).uniform(PRECISE_INSTRUCTIONS, 24).build());
        assertEquals(-1_000 & Guest.MASK, guest.read(0));
    }

    @Test
    void in2018WhatPerfRefusesNeverCounts() {
        Guest guest = refused(Design.THEN);
        guest.vcpu.wrmsr(Guest.PMC, -1_024 & 0xFFFF_FFFFL);
        guest.vcpu.wrmsr(Guest.EVENTSEL + 1, Guest.selector(Host.BRANCHES));
        guest.vcpu.wrmsr(Guest.EVENTSEL + 1, 0);
        guest.work(Step.of(100).uniform(PRECISE_INSTRUCTIONS, 24).build());
        assertEquals(Map.of(), guest.host.journal.takeSteps());
        assertEquals(-1_024 & Guest.MASK, guest.read(0));
        guest.enable(0);
        guest.enable(1);
        assertEquals(Map.of(CREATE, 1), guest.host.journal.takeSteps());
    }

    /** A guest whose counter 0 has no event, because perf does not take so short a period. */
    private static Guest refused(Design design) {
        Guest guest = new Host(HostCpu.any()).guest(design);
        guest.enable(0);
        guest.select(0, Guest.selector(PRECISE_INSTRUCTIONS), -10 & 0xFFFF_FFFFL);
        guest.enable(1);
        assertEquals(Map.of(REFUSED, 1), guest.host.journal.takeSteps());
        assertNull(guest.behind(0));
        assertEquals(-10 & Guest.MASK, guest.read(0));
        return guest;
    }

    @Test
    void todayAPeriodThatPerfRefusesEndsInAReleaseInsteadOfAResume() {
        Guest guest = new Host(HostCpu.any()).guest(Design.NOW);
        created(guest, 0, Guest.selector(PRECISE_INSTRUCTIONS), -1_024 & 0xFFFF_FFFFL);
        guest.enable(0);
        guest.vcpu.wrmsr(Guest.PMC, -10 & 0xFFFF_FFFFL);
        guest.host.journal.takeSteps();
        guest.enable(1);
        assertEquals(Map.of(REFUSED, 2, RELEASE, 1), guest.host.journal.takeSteps(), "the period, and the new event with it");
        assertEquals(-10 & Guest.MASK, guest.read(0));
    }

    @Test
    void todayAPeriodThatPerfRefusesForACounterThatRunsLeavesTheOldOne() {
        Guest guest = new Host(HostCpu.any()).guest(Design.NOW);
        created(guest, 0, Guest.selector(PRECISE_INSTRUCTIONS), -1_024 & 0xFFFF_FFFFL);
        guest.host.journal.takeSteps();
        guest.vcpu.wrmsr(Guest.PMC, -10 & 0xFFFF_FFFFL);
        assertEquals(Map.of(REFUSED, 1), guest.host.journal.takeSteps());
        guest.work(Step.of(100).uniform(PRECISE_INSTRUCTIONS, 30).build());
        assertEquals(20, guest.read(0));
        assertEquals(0, guest.status(), "the overflow is missed");
        guest.enable(0);
        assertEquals(Map.of(PAUSE, 1), guest.host.journal.takeSteps());
    }
}
