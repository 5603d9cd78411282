package dev.vpmu.dsl.rules.events;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.ArchitecturalAttribute;
import dev.vpmu.dsl.pmu.CodeEncoding;
import dev.vpmu.dsl.pmu.Encoding;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatEvent;
import dev.vpmu.dsl.resolve.FlatEvents;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.EventRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The architectural events are not those of the manual. */
public final class ArchitecturalEncodings implements EventRule {

    /** Code and unit mask of the events of leaf 0xA, EBX, bit 0 first: SDM vol. 3, table 20-1. */
    private static final int[][] MANUAL = {
        {0x3C, 0x00}, {0xC0, 0x00}, {0x3C, 0x01}, {0x2E, 0x4F}, {0x2E, 0x41}, {0xC4, 0x00}, {0xC5, 0x00}, {0xA4, 0x01}};

    private static final int HIGHEST_BIT = 31;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0510", Severity.ERROR,
                "Each architectural event has a bit of its own in leaf 0xA, EBX, and the encoding that the manual gives that bit.");
    }

    @Override
    public void check(FlatEvents events, Findings findings) {
        Map<Long, List<FlatEvent>> ofBit = new HashMap<>();
        for (FlatEvent event : events.events()) {
            ArchitecturalAttribute architectural = event.attribute(ArchitecturalAttribute.class).orElse(null);
            if (architectural == null || architectural.getBit() == null) {
                continue;
            }
            long bit = architectural.getBit();
            List<FlatEvent> earlier = ofBit.computeIfAbsent(bit, key -> new ArrayList<>(1));
            FlatEvent other = earlier.stream().filter(found -> events.pmu().together(event.event(), found.event()))
                    .findFirst().orElse(null);
            if (bit < 0 || bit > HIGHEST_BIT) {
                findings.report(place(architectural), "EBX has bits 0 to " + HIGHEST_BIT);
            } else if (other != null) {
                findings.report(place(architectural), "bit " + bit + " already stands for event '" + other.name() + "'",
                        Places.ofName(other.event()));
            } else {
                checkEncoding(event, (int) bit, findings);
            }
            earlier.add(event);
        }
    }

    private static Place place(ArchitecturalAttribute architectural) {
        return Places.of(architectural, PmuPackage.eINSTANCE.getArchitecturalAttribute_Bit());
    }

    private static void checkEncoding(FlatEvent event, int bit, Findings findings) {
        Encoding encoding = event.event().getEncoding();
        if (encoding == null || bit >= MANUAL.length) {
            return;
        }
        int[] manual = MANUAL[bit];
        if (!(encoding instanceof CodeEncoding code) || !code.getSettings().isEmpty() || code.getCode() != null
                && !(is(code.getCode().getEvent(), manual[0]) && is(code.getCode().getUmask(), manual[1]))) {
            findings.report(Places.of(encoding), "event '" + event.name() + "' has bit " + bit + ", for which the manual says "
                    + CodeText.of(manual[0], manual[1]));
        }
    }

    /** Whether the number is the manual's; one that could not be read may be. */
    private static boolean is(Long number, int manual) {
        return number == null || number == manual;
    }
}
