package dev.vpmu.dsl.rules.cpuid;

import dev.vpmu.dsl.pmu.CpuidField;
import dev.vpmu.dsl.pmu.CpuidLeaf;
import dev.vpmu.dsl.pmu.CpuidRegister;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two rows say what one bit of a leaf holds. */
public final class LeafBits implements PmuRule {

    private record Word(long leaf, long subleaf, CpuidRegister register) {
    }

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0401", Severity.ERROR,
                "Each bit of a CPUID leaf has one content, also where leaves are added up over what is extended.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        Map<Word, List<CpuidField>> words = new LinkedHashMap<>();
        for (CpuidField field : pmu.cpuidFields()) {
            CpuidLeaf leaf = (CpuidLeaf) field.eContainer();
            if (field.getRange() == null || leaf.getLeaf() == null) {
                continue;
            }
            Word word = new Word(leaf.getLeaf(), Numbers.of(leaf.getSubleaf()), field.getRegister());
            List<CpuidField> before = words.computeIfAbsent(word, key -> new ArrayList<>());
            before.stream().filter(earlier -> shared(earlier, field) >= 0 && pmu.together(earlier.eContainer(), leaf)).findFirst()
                    .ifPresent(earlier -> findings.report(Places.of(field, PmuPackage.eINSTANCE.getCpuidField_Range()),
                            "bit " + shared(earlier, field) + " of "
                            + field.getRegister() + " in " + text(word) + " already has a content; give each bit one", Places.of(earlier)));
            before.add(field);
        }
    }

    private static String text(Word word) {
        return "leaf " + Numbers.hex(word.leaf()) + (word.subleaf() == 0 ? "" : " subleaf " + word.subleaf());
    }

    /** The lowest bit that both take; -1 if there is none. */
    private static int shared(CpuidField a, CpuidField b) {
        int low = Math.max(CpuidBits.low(a), CpuidBits.low(b));
        return low <= Math.min(CpuidBits.high(a), CpuidBits.high(b)) ? low : -1;
    }
}
