package dev.vpmu.generator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.vpmu.AbsentPmu;
import dev.vpmu.runtime.vpmu.EventFilter;
import dev.vpmu.runtime.vpmu.EventFilter.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the kernel's pmu_event_filter_test asserts (domain.md §12.4). Linux had no filter in 2018; here that design has the same one.
 *
 * <p>That bad actions and bad flags are refused is left to the types, which have none but {@code null}.
 */
class FilterTest {

    private static final int LOOPS = 42;
    private static final long MEMORY = 0xD0;
    private static final int LOADS = 0x81;
    private static final int STORES = 0x82;
    private static final int BOTH = 0x83;
    private static final int[] OCCURRENCES = {11, 13, 17};
    private static final int DUMMIES = 290;
    private static final List<Long> LOOP_EVENTS = List.of(0xC4L, 0xC0L);
    private static final List<Long> OTHER_EVENTS = List.of(0x3CL, 0x4F2EL, 0xC5L, 0x00C4L | 0x0400);

    /** A filter, and whether a guest's loop counts with it. */
    private record Plain(String name, EventFilter filter, boolean counts) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Entries, and which of loads, stores and both kinds they allow. */
    private record Masked(String name, List<Long> entries, String counted) {

        @Override
        public String toString() {
            return name + " is " + counted;
        }
    }

    private static final List<Plain> PLAIN = List.of(
            new Plain("no filter", null, true),
            new Plain("they are denied", new EventFilter(Action.DENY, false, 0, LOOP_EVENTS), false),
            new Plain("they are allowed", new EventFilter(Action.ALLOW, false, 0, LOOP_EVENTS), true),
            new Plain("others are denied", new EventFilter(Action.DENY, false, 0, OTHER_EVENTS), true),
            new Plain("others are allowed", new EventFilter(Action.ALLOW, false, 0, OTHER_EVENTS), false),
            new Plain("entries with other bits are denied", new EventFilter(Action.DENY, false, 0, junk()), true),
            new Plain("entries with other bits are allowed", new EventFilter(Action.ALLOW, false, 0, junk()), false),
            new Plain("nothing is denied", new EventFilter(Action.DENY, true, 0, List.of()), true),
            new Plain("nothing is allowed", new EventFilter(Action.ALLOW, true, 0, List.of()), false));

    private static final List<Masked> MASKED = List.of(
            new Masked("(FF,81)", List.of(include(0xFF, LOADS)), "loads"),
            new Masked("(FF,82)", List.of(include(0xFF, STORES)), "stores"),
            new Masked("(FF,83)", List.of(include(0xFF, BOTH)), "both"),
            new Masked("(7C,00) without (FF,83)", List.of(include(0x7C, 0), exclude(0xFF, BOTH)), "loads stores"),
            new Masked("(7C,00) without (FF,82)", List.of(include(0x7C, 0), exclude(0xFF, STORES)), "loads both"),
            new Masked("(FE,82)", List.of(include(0xFE, STORES)), "stores both"),
            new Masked("(7C,00)", List.of(include(0x7C, 0)), "loads stores both"));

    private static List<Long> junk() {
        return LOOP_EVENTS.stream().map(event -> event | 1L << 40).toList();
    }

    private static long include(long mask, long match) {
        return MEMORY | match << 8 | mask << 56;
    }

    private static long exclude(long mask, long match) {
        return include(mask, match) | 1L << 55;
    }

    private static Stream<Arguments> plain() {
        return HostCpu.eachToday().flatMap(to -> PLAIN.stream().map(row -> Arguments.of(to.get()[0], to.get()[1], row)));
    }

    private static Stream<Arguments> masked() {
        return HostCpu.eachToday().flatMap(to -> MASKED.stream().map(row -> Arguments.of(to.get()[0], to.get()[1], row)));
    }

    @ParameterizedTest(name = "SELF filter {1}: branches and instructions of a loop, {2}, on {0}")
    @MethodSource("plain")
    void loop(HostCpu cpu, Design design, Plain row) {
        Guest guest = new Host(cpu).guest(design);
        guest.pmu.filter(row.filter());
        guest.enable(0);
        guest.select(0, Guest.selector(Host.BRANCHES), 0);
        guest.select(1, Guest.selector(Host.INSTRUCTIONS), 0);
        guest.enable(0b11);
        guest.work(Host.work(4 * LOOPS, LOOPS, 0));
        guest.enable(0);
        assertEquals(row.counts() ? LOOPS : 0, guest.read(0));
        assertEquals(row.counts(), guest.read(1) > 0);
        assertEquals(Guest.selector(Host.BRANCHES), guest.vcpu.rdmsr(Guest.EVENTSEL), "what it reads back");
    }

    @ParameterizedTest(name = "SELF filter {1}: of loads, stores and both kinds {2}, alone or among many, on {0}")
    @MethodSource("masked")
    void memory(HostCpu cpu, Design design, Masked row) {
        assertCounted(cpu, design, row, row.entries());
        List<Long> dense = new ArrayList<>();
        for (int i = 0; i < DUMMIES; i++) {
            dense.add((i & 0x7FL) | (long) i % 0xFF << 8 | 0xFFL << 56 | (i % 2 == 0 ? 1L << 55 : 0));
        }
        dense.addAll(DUMMIES / 2, row.entries());
        assertCounted(cpu, design, row, dense);
    }

    private static void assertCounted(HostCpu cpu, Design design, Masked row, List<Long> entries) {
        Guest guest = new Host(cpu).guest(design);
        guest.pmu.filter(new EventFilter(Action.ALLOW, true, 0, entries));
        guest.enable(0);
        Step.Builder work = Step.of(100);
        for (int counter = 0; counter < OCCURRENCES.length; counter++) {
            long event = Step.event((int) MEMORY, LOADS + counter);
            guest.select(counter, Guest.selector(event), 0);
            work.uniform(event, OCCURRENCES[counter]);
        }
        guest.enable(0b111);
        guest.work(work.build());
        String[] names = {"loads", "stores", "both"};
        for (int counter = 0; counter < OCCURRENCES.length; counter++) {
            boolean counts = List.of(row.counted().split(" ")).contains(names[counter]);
            assertEquals(counts ? OCCURRENCES[counter] : 0, guest.read(counter), names[counter]);
        }
    }

    @ParameterizedTest(name = "SELF filter {1}: of fixed counters the bitmap decides, whatever the list says, on {0}")
    @MethodSource(HostCpu.EACH_TODAY)
    void fixedCounters(HostCpu cpu, Design design) {
        List<Long> whatTheyCount = List.of(0xC0L, 0x3CL, 0x0300L, 0x01A4L);
        for (int index : cpu.fixed()) {
            for (long bitmap = 0; bitmap < 1 << cpu.fixed().size() + 1; bitmap++) {
                for (Action action : Action.values()) {
                    for (List<Long> entries : List.of(List.<Long>of(), whatTheyCount)) {
                        boolean counts = (bitmap >>> index & 1) != 0 == (action == Action.ALLOW);
                        EventFilter filter = new EventFilter(action, false, bitmap, entries);
                        assertEquals(counts, countFixed(cpu, design, index, filter) > 0, () -> index + ", " + action + " with " + entries);
                    }
                }
            }
        }
        assertTrue(countFixed(cpu, design, 0, new EventFilter(Action.ALLOW, false, -1, List.of())) > 0, "bits of counters that do not exist are no mistake");
    }

    private static long countFixed(HostCpu cpu, Design design, int index, EventFilter filter) {
        Guest guest = new Host(cpu).guest(design);
        guest.pmu.filter(filter);
        guest.vcpu.wrmsr(Guest.FIXED_CTR + index, 0);
        guest.vcpu.wrmsr(Guest.FIXED_CTR_CTRL, 3L << 4 * index);
        guest.enable(1L << 32 + index);
        guest.work(Step.of(100).uniform(Host.INSTRUCTIONS, 100).uniform(Step.event(0xA4, 1), 100).build());
        guest.enable(0);
        return guest.vcpu.rdmsr(Guest.FIXED_CTR + index);
    }

    @Test
    void mistakesAreRefused() {
        List<Long> most = new ArrayList<>(Collections.nCopies(300, 0xC0L));
        new EventFilter(Action.ALLOW, false, 0, most);
        most.add(0xC0L);
        assertEquals("301 entries; 300 are possible", refused(false, most));
        assertEquals("301 entries; 300 are possible", refused(true, most));
        new EventFilter(Action.ALLOW, true, 0, List.of(0xFF80_000F_0000_FFFFL));
        for (int bit : new int[] {16, 20, 31, 36, 40, 54}) {
            new EventFilter(Action.ALLOW, false, 0, List.of(1L << bit));
            String message = refused(true, List.of(0xC0L, 1L << bit | 0xC4));
            assertTrue(message.contains(Long.toHexString(1L << bit | 0xC4)) && message.contains("bits 0x" + Long.toHexString(1L << bit)), message);
        }
        assertThrows(NullPointerException.class, () -> new EventFilter(null, false, 0, List.of()));
    }

    private static String refused(boolean masked, List<Long> entries) {
        return assertThrows(IllegalArgumentException.class, () -> new EventFilter(Action.ALLOW, masked, 0, entries)).getMessage();
    }

    @Test
    void aGuestWithoutAPmuCannotUseIt() {
        Host host = new Host(HostCpu.any());
        Vcpu vcpu = host.vcpu(port -> new AbsentPmu());
        for (int address : new int[] {Guest.GLOBAL_CTRL, Guest.EVENTSEL, Guest.PMC, Guest.STATUS, Guest.FIXED_CTR}) {
            assertThrows(GeneralProtectionFault.class, () -> vcpu.rdmsr(address));
            assertThrows(GeneralProtectionFault.class, () -> vcpu.wrmsr(address, 0));
        }
        assertThrows(GeneralProtectionFault.class, () -> vcpu.rdpmc(0));
        vcpu.cpuid();
        vcpu.work(Host.work(10, 10, 0));
        host.first.schedule(null);
        host.first.schedule(vcpu);
        vcpu.reset();
        vcpu.returnToUserSpace();
        assertEquals(Long.bitCount(host.first.perf().activeCounters()), 0);
    }
}
