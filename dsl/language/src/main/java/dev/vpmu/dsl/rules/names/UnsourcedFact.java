package dev.vpmu.dsl.rules.names;

import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.Constraints;
import dev.vpmu.dsl.pmu.CpuidLeaf;
import dev.vpmu.dsl.pmu.Element;
import dev.vpmu.dsl.pmu.Extra;
import dev.vpmu.dsl.pmu.Periods;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.Sourced;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.emf.ecore.EObject;

/**
 * A fact of a shipped model that says neither where it is from nor that it is assumed. Where no fact of an element has a
 * source, the element is reported and not each fact.
 */
public final class UnsourcedFact implements FileRule {

    private static final String SHIPPED = "vpmu";

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0003", Severity.INFORMATION,
                "Every fact of a shipped model says where it is from, or that it is assumed.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_ANYTHING;
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        if (file.getName() != null && (file.getName().equals(SHIPPED) || file.getName().startsWith(SHIPPED + "."))) {
            file.getElements().stream().filter(Sourced.class::isInstance).map(Sourced.class::cast)
                    .forEach(element -> check(element, findings));
        }
    }

    private static void check(Sourced fact, Findings findings) {
        int facts = count(fact, false);
        int unsourced = count(fact, true);
        if (unsourced == 0) {
            return;
        }
        if (unsourced == facts) {
            String whose = facts == 1 ? Kinds.of(fact) : "the " + facts + " facts of " + Kinds.of(fact);
            findings.report(Places.ofNameOrFirstWord(fact), "nothing says where " + whose + (facts == 1 ? " is" : " are")
                    + " from; add 'from \"…\"', or 'assumed' if nobody has checked");
        } else {
            parts(fact).forEach(part -> check(part, findings));
        }
    }

    /** The facts in a part, or those of them that have no source, neither of their own nor around them. */
    private static int count(Sourced part, boolean unsourced) {
        if (unsourced && (part.isAssumed() || !part.getSources().isEmpty())) {
            return 0;
        }
        List<Sourced> parts = parts(part);
        if (parts.isEmpty()) {
            return isFact(part) ? 1 : 0;
        }
        return parts.stream().mapToInt(inner -> count(inner, unsourced)).sum();
    }

    private static List<Sourced> parts(EObject whole) {
        List<Sourced> parts = new ArrayList<>();
        for (EObject part : whole.eContents()) {
            if (part instanceof Sourced sourced) {
                parts.add(sourced);
            } else {
                parts.addAll(parts(part));
            }
        }
        return parts;
    }

    /** A bank without numbers only has a name; a block without rows has nothing to say. */
    private static boolean isFact(Sourced part) {
        if (part instanceof Bank bank) {
            return bank.getIndex() != null || bank.getRdpmcType() != null;
        }
        return !(part instanceof Element || part instanceof CpuidLeaf || part instanceof Extra
                || part instanceof Constraints || part instanceof Periods);
    }
}
