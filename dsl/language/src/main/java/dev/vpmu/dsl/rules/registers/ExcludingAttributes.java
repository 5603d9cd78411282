package dev.vpmu.dsl.rules.registers;

import dev.vpmu.dsl.pmu.AliasAttribute;
import dev.vpmu.dsl.pmu.ClearsAttribute;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.ReadOnlyAttribute;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.RegisterAttribute;
import dev.vpmu.dsl.pmu.ResetAttribute;
import dev.vpmu.dsl.pmu.RoleAttribute;
import dev.vpmu.dsl.pmu.SetsAttribute;
import dev.vpmu.dsl.pmu.ValidAttribute;
import dev.vpmu.dsl.pmu.WriteAttribute;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;

/** A register says two things of which only one can be true. */
public final class ExcludingAttributes implements FileRule {

    /** Each list answers one question about a register, so it can have one of them. */
    private static final List<List<Class<? extends RegisterAttribute>>> ANSWERS = List.of(
            List.of(RoleAttribute.class, AliasAttribute.class, ClearsAttribute.class, SetsAttribute.class),
            List.of(ReadOnlyAttribute.class, WriteAttribute.class, ClearsAttribute.class, SetsAttribute.class),
            List.of(ValidAttribute.class, ReadOnlyAttribute.class, ClearsAttribute.class, SetsAttribute.class),
            List.of(ResetAttribute.class, AliasAttribute.class, ClearsAttribute.class, SetsAttribute.class));

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0204", Severity.ERROR, "A register has one role, one rule for writes, and each attribute once.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        file.getElements().stream().filter(Pmu.class::isInstance).map(Pmu.class::cast)
                .flatMap(pmu -> PmuChain.statements(pmu, Register.class).stream()).forEach(register -> check(register, findings));
    }

    private static void check(Register register, Findings findings) {
        List<RegisterAttribute> attributes = register.getAttributes();
        for (int later = 1; later < attributes.size(); later++) {
            RegisterAttribute b = attributes.get(later);
            Stream<RegisterAttribute> before = attributes.subList(0, later).stream();
            before.filter(earlier -> excludes(earlier, b)).findFirst().ifPresent(a -> findings.report(Places.of(b),
                    "'" + register.getName() + "' cannot say '" + text(b) + "' beside '" + text(a) + "'; keep one of them", Places.of(a)));
        }
    }

    private static boolean excludes(RegisterAttribute a, RegisterAttribute b) {
        return a.eClass() == b.eClass() || ANSWERS.stream().anyMatch(answers -> answers.stream().anyMatch(kind -> kind.isInstance(a))
                && answers.stream().anyMatch(kind -> kind.isInstance(b)));
    }

    private static String text(RegisterAttribute attribute) {
        return NodeModelUtils.getTokenText(NodeModelUtils.findActualNodeFor(attribute)).replaceAll("\\s+", " ");
    }
}
