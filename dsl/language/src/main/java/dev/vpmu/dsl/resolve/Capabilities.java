package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.CapabilityValue;
import dev.vpmu.dsl.pmu.Guarded;
import dev.vpmu.dsl.pmu.Has;
import dev.vpmu.dsl.pmu.Lacks;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.Statement;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.emf.ecore.EObject;

/** The capabilities that a pmu's chain declares, and the values that {@code has} and {@code lacks} give them. */
public final class Capabilities {

    private final FlatPmu pmu;
    private final Set<Capability> declared = new LinkedHashSet<>();
    private final Map<Capability, CapabilityValue> given = new LinkedHashMap<>();

    Capabilities(FlatPmu pmu) {
        this.pmu = pmu;
        for (Pmu part : pmu.chain()) {
            declared.addAll(PmuChain.declared(part));
            Map<Capability, CapabilityValue> own = new LinkedHashMap<>();
            for (Statement statement : part.getStatements()) {
                if (statement instanceof Has has) {
                    has.getValues().forEach(value -> own.put(value.getCapability(), value));
                }
            }
            PmuChain.statements(part, Lacks.class).forEach(lacks -> lacks.getCapabilities().forEach(given::remove));
            given.putAll(own);
        }
    }

    /** Every capability that is declared in the chain, in its leaves, its statements, or the layouts of its registers. */
    public List<Capability> declared() {
        return List.copyOf(declared);
    }

    /** The value: what the nearest {@code has} says, 1 where it gives no number, 0 where nothing is said. */
    public long value(Capability capability) {
        CapabilityValue value = given.get(capability);
        return value == null ? 0 : value.getValue() == null ? 1 : value.getValue();
    }

    /** Where the value is given; {@code null} where it is not. */
    public CapabilityValue given(Capability capability) {
        return given.get(capability);
    }

    /** Whether an element's guard holds. */
    boolean satisfy(EObject element) {
        if (!(element instanceof Guarded guarded)) {
            return true;
        }
        // what asks for a capability that is not known is taken to be there: its absence would only cause further messages
        return guarded.getRequired().stream().allMatch(required -> required.eIsProxy() || value(required) != 0)
                && guarded.getExcluded().stream().allMatch(excluded -> excluded.eIsProxy() || value(excluded) == 0);
    }
}
