package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.pmu.Element;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventAttribute;
import dev.vpmu.dsl.pmu.EventTable;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.List;

/** An event says the same kind of thing twice. */
public final class RepeatedAttributes implements FileRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0513", Severity.ERROR, "An event says each kind of thing once.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        for (Element element : file.getElements()) {
            if (element instanceof EventTable table) {
                table.getEvents().forEach(event -> check(event, findings));
            }
        }
    }

    private static void check(Event event, Findings findings) {
        List<EventAttribute> attributes = event.getAttributes();
        for (int later = 1; later < attributes.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                if (attributes.get(earlier).eClass() == attributes.get(later).eClass()) {
                    findings.report(Places.of(attributes.get(later)), "event '" + event.getName()
                            + "' says this a second time; keep one of the two", Places.of(attributes.get(earlier)));
                    break;
                }
            }
        }
    }
}
