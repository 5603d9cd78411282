package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.model.ConstraintModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.CodeEncoding;
import dev.vpmu.dsl.pmu.CounterEncoding;
import dev.vpmu.dsl.pmu.CounterSet;
import dev.vpmu.dsl.pmu.Encoding;
import dev.vpmu.dsl.pmu.FieldEncoding;
import dev.vpmu.dsl.pmu.FieldRef;
import dev.vpmu.dsl.pmu.OnAttribute;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.CounterText;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatEvent;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Guards;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;
import java.util.Optional;

/** Nothing on the CPU can hold an event. */
public final class UncountableEvents implements EventRule {

    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0506", Severity.ERROR, "For every event there is a counter that can hold it.");
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        if (!events.countersKnown()) {
            return;
        }
        for (FlatEvent event : events.events()) {
            Encoding encoding = event.event().getEncoding();
            if (encoding instanceof CodeEncoding && event.encoding().isPresent()) {
                checkCode(events, event, findings);
            } else if (encoding instanceof CounterEncoding counter) {
                checkCounter(events.pmu(), event, counter, findings);
            } else if (encoding instanceof FieldEncoding metric) {
                checkMetric(events.pmu(), event, metric, findings);
            }
        }
    }

    /** Sets that never had a counter are another rule's, and so are an event's counters of which the constraints allow none. */
    private static void checkCode(FlatEvents events, FlatEvent event, Findings findings) {
        FlatPmu pmu = events.pmu();
        long all = pmu.selectorBank().map(FlatBank::counters).orElse(0L);
        Optional<ConstraintModel> row = event.word().flatMap(events.resolver()::decides);
        long deciding = row.map(ConstraintModel::counters).orElse(all);
        CounterSet on = event.attribute(OnAttribute.class).map(OnAttribute::getCounters).orElse(null);
        if (on != null && pmu.counters(on) == 0 && pmu.lost(on)) {
            findings.report(Places.of(on), "event '" + event.name() + "' names only counters that " + pmu.name()
                    + " does not have; it has " + CounterText.of(pmu, all));
        } else if (all != 0 && event.allowed() == 0 && (deciding != 0 || row.filter(found -> lost(pmu, found)).isPresent())) {
            findings.report(Places.of(event.event(), PMU.getEvent_Encoding()), "the constraints of " + pmu.name()
                    + " leave no counter for event '" + event.name() + "'", events.limit(event, all).orElse(null));
        }
    }

    private static boolean lost(FlatPmu pmu, ConstraintModel row) {
        return pmu.lost(pmu.constraints().get(row.order()).getCounters());
    }

    private static void checkCounter(FlatPmu pmu, FlatEvent event, CounterEncoding counter, Findings findings) {
        Bank bank = counter.getBank();
        if (bank == null || bank.eIsProxy() || counter.getIndex() == null) {
            return;
        }
        String wanted = bank.getName() + "[" + counter.getIndex() + "]";
        FlatBank here = pmu.bank(bank).orElse(null);
        if (pmu.selector().filter(selector -> selector.getBank() == bank).isPresent()) {
            findings.report(Places.of(counter), wanted + " counts what its selector says; give event '" + event.name()
                    + "' a code, and 'on " + wanted + "' if no other counter can hold it");
        } else if (here == null ? pmu.isCpu() : !here.isCounters() || pmu.lost(bank, List.of(Numbers.intOf(counter.getIndex())))) {
            String has = here == null || !here.isCounters() ? "no counters of that bank" : CounterText.of(pmu, here.counters());
            findings.report(Places.of(counter), "event '" + event.name() + "' needs " + wanted + "; " + pmu.name() + " has " + has,
                    here == null ? null : Places.of(here.declaration()));
        }
    }

    private static void checkMetric(FlatPmu pmu, FlatEvent event, FieldEncoding metric, Findings findings) {
        FieldRef reference = metric.getField();
        if (reference == null || reference.getRegister() == null || reference.getRegister().eIsProxy()
                || reference.getField() == null || reference.getField().eIsProxy()) {
            return;
        }
        String name = reference.getRegister().getName();
        Register register = pmu.registers().stream().filter(found -> found.getName().equals(name)).findFirst().orElse(null);
        String field = reference.getField().getName();
        if (register == null) {
            findings.report(Places.of(reference), pmu.name() + " has no " + name + ", which is there only '"
                    + Guards.text(reference.getRegister()) + "'; guard event '" + event.name() + "' in the same way",
                    Places.ofName(reference.getRegister()));
        } else if (RegisterFacts.role(register) != RegisterRole.METRICS) {
            findings.report(Places.of(reference), name + " counts nothing: event '" + event.name() + "' needs one that 'is metrics'",
                    Places.ofName(register));
        } else if (pmu.layout(register).stream().flatMap(layout -> layout.fields().stream())
                .noneMatch(found -> found.name().equals(field))) {
            String guard = Guards.text(reference.getField());
            findings.report(Places.of(reference, PMU.getFieldRef_Field()), name + " of " + pmu.name() + " has no field '" + field + "'"
                    + (guard.isEmpty() ? "" : ", which is there only '" + guard + "'; guard event '" + event.name() + "' so too"),
                    Places.ofName(reference.getField()));
        }
    }
}
