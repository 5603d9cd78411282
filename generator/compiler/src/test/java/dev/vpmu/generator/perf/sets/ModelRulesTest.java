package dev.vpmu.generator.perf.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.perf.InventedCpus;
import dev.vpmu.runtime.perf.EventAttributes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of the invented CPUs, worked out by hand from their texts. */
class ModelRulesTest {

    /* Fivefold: main[0..4] are counters 8 to 12, steady[0..2] are 20 to 22; code at bit 28, unit mask at 16. */
    private static final long MAIN = 0x1F00;
    private static final long EDGE = 1L << 4;
    private static final long CHECKPOINTED = 1L << 42;

    private final ModelRules fivefold = rules(InventedCpus.fivefold(), -1);
    private final ModelRules overlap = rules(InventedCpus.overlap(), -1);

    private static ModelRules rules(DescribedCpu cpu, long usable) {
        CheckResult result = PmuChecker.standalone().check(List.of(new Source(cpu.name() + ".pmu", cpu.text())));
        return new ModelRules(result.model().orElseThrow().cpus().get(0), true, usable);
    }

    private static EventAttributes.Builder main(int code, int umask) {
        return EventAttributes.of("main", (long) code << 28 | (long) umask << 16);
    }

    private static EventAttributes.Builder slot(int code, int umask) {
        return EventAttributes.of("slot", code | (long) umask << 8);
    }

    private static long counters(ModelRules rules, EventAttributes.Builder event) {
        return rules.demand(event.build()).counters();
    }

    @Test
    void eventsOfNoRowCanBeOnEveryCounterWithASelector() {
        assertEquals(MAIN, counters(fivefold, main(0x03, 0)));
        assertEquals(0x3F, counters(overlap, slot(0xC0, 0)));
    }

    @Test
    void firstRowDecides() {
        assertEquals(0x09, counters(overlap, slot(0x0F, 0x82)));
        assertEquals(0x08, counters(overlap, slot(0x0F, 0x80)));
        assertEquals(0x07, counters(overlap, slot(0x20, 0)));
        assertEquals(0x38, counters(overlap, slot(0x6F, 0xFF)));
        assertEquals(0x3F, counters(overlap, slot(0x70, 0)));
        assertEquals(0x01, counters(overlap, slot(0xD0, 7)));
    }

    @Test
    void plainRowsAreForEventsWithoutModifiers() {
        assertEquals(MAIN | 1 << 20, counters(fivefold, main(0x02, 0x10)));
        assertEquals(MAIN, counters(fivefold, EventAttributes.of("edge", 0x02L << 28 | 0x10 << 16 | EDGE)));
        assertEquals(MAIN, counters(fivefold, main(0x02, 0x11)));
    }

    @Test
    void narrowingRowsTakeCountersAway() {
        assertEquals(1 << 11, counters(fivefold, EventAttributes.of("taken back", 0x03L << 28 | CHECKPOINTED)));
        assertEquals(0, counters(fivefold, EventAttributes.of("taken back", 0x4AL << 28 | CHECKPOINTED)));
    }

    @Test
    void askingForFewerCountersNarrowsToo() {
        assertEquals(0x03, counters(overlap, slot(0x20, 0).counters(0xFB)));
    }

    @Test
    void countersThatCannotBeUsedAreNone() {
        assertEquals(0x06, counters(rules(InventedCpus.overlap(), 0x36), slot(0x20, 0)));
        assertEquals(0, counters(rules(InventedCpus.overlap(), 0x36), slot(0xD0, 0)));
    }

    @Test
    void pairsNeedTheNextCounterAndSayWhatItIsGiven() {
        Demand pair = fivefold.demand(main(0x60, 1).build());
        assertEquals(1 << 8 | 1 << 10, pair.counters());
        assertEquals(2, pair.needs());
        assertEquals(Optional.of(0x61L << 28), pair.ways().get(0).partner());
        assertEquals(3L << 10, pair.ways().get(0).takes(10));
        assertEquals(1 << 8, counters(rules(InventedCpus.fivefold(), ~(1L << 11)), main(0x60, 1)));
    }

    @Test
    void rowsThatStandInForOneAnotherAreWays() {
        Demand either = overlap.demand(slot(0x4B, 1).extra(0x22).build());
        assertEquals(List.of(Optional.of("FORWARD"), Optional.of("BACKWARD")), either.ways().stream().map(Way::register).toList());
        assertEquals(List.of(0x14AL, 0x14BL), either.ways().stream().map(Way::selector).toList());
        assertEquals(List.of(), overlap.demand(slot(0x4B, 1).extra(0x10000).build()).ways());
        assertEquals(1, fivefold.demand(main(0x77, 1).extra(0x12).build()).ways().size());
        assertEquals(Optional.empty(), fivefold.demand(main(0x77, 2).build()).ways().get(0).register());
    }

    @Test
    void whatOneCounterCountsIsOnNoOther() {
        assertEquals(1 << 22, counters(fivefold, EventAttributes.onCounter("rated", 22, 0)));
        assertEquals(0, counters(fivefold, EventAttributes.onCounter("nothing", 23, 0)));
    }

    @Test
    void exclusiveIsWhatTheDecidingRowSays() {
        assertTrue(fivefold.demand(main(0x53, 9).build()).exclusive());
        assertFalse(fivefold.demand(main(0x54, 9).build()).exclusive());
    }
}
