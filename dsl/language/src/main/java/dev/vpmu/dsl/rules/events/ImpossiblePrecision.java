package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.pmu.CounterSet;
import dev.vpmu.dsl.pmu.DistributedAttribute;
import dev.vpmu.dsl.pmu.PreciseAttribute;
import dev.vpmu.dsl.pmu.PreciseRecords;
import dev.vpmu.dsl.resolve.CounterText;
import dev.vpmu.dsl.resolve.FlatEvent;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Guards;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.Optional;

/** An event is to be precise where the CPU writes no precise records. */
public final class ImpossiblePrecision implements EventRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0509", Severity.ERROR,
                "An event is precise on counters that write precise records, and distributed on counters where it is precise.");
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        boolean open = !events.countersKnown() || !events.pmu().isCpu()
                && (events.pmu().preciseRecords().isEmpty() || !events.pmu().all(PreciseRecords.class).stream().allMatch(Guards::isOpen));
        for (FlatEvent event : events.events()) {
            Optional<CounterSet> precise = event.attribute(PreciseAttribute.class).map(PreciseAttribute::getCounters);
            Optional<CounterSet> distributed = event.attribute(DistributedAttribute.class).map(DistributedAttribute::getCounters);
            if (distributed.isPresent() && precise.isEmpty()) {
                findings.report(Places.of(distributed.get()),
                        "event '" + event.name() + "' is distributed but not precise; say 'precise on' too");
            }
            if (!open) {
                precise.ifPresent(on -> checkRecords(events.pmu(), event, on, false, findings));
                distributed.ifPresent(on -> checkRecords(events.pmu(), event, on, true, findings));
                if (precise.isPresent() && distributed.isPresent()) {
                    checkDistributed(events.pmu(), event, precise.get(), distributed.get(), findings);
                }
            }
        }
    }

    private static void checkRecords(FlatPmu pmu, FlatEvent event, CounterSet on, boolean distributed, Findings findings) {
        PreciseRecords records = pmu.preciseRecords().orElse(null);
        String what = distributed ? "distributed" : "precise";
        if (records == null) {
            findings.report(Places.of(on), "event '" + event.name() + "' is " + what + ", but " + pmu.name()
                    + " writes no precise records");
            return;
        }
        CounterSet set = distributed ? records.getDistributed() : records.getCounters();
        long able = set == null ? 0 : pmu.counters(set);
        long unable = pmu.counters(on) & ~able;
        if (unable != 0) {
            findings.report(Places.of(on), "event '" + event.name() + "' cannot be " + what + " on " + CounterText.of(pmu, unable) + ": "
                    + pmu.name() + " writes " + what + " records on " + CounterText.of(pmu, able), Places.of(set == null ? records : set));
        }
    }

    private static void checkDistributed(FlatPmu pmu, FlatEvent event, CounterSet precise, CounterSet distributed, Findings findings) {
        long imprecise = pmu.counters(distributed) & ~pmu.counters(precise);
        if (imprecise != 0) {
            findings.report(Places.of(distributed), "event '" + event.name() + "' is distributed on " + CounterText.of(pmu, imprecise)
                    + " but precise only on " + CounterText.of(pmu, pmu.counters(precise)), Places.of(precise));
        }
    }
}
