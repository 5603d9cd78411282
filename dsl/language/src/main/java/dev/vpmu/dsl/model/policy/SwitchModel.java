package dev.vpmu.dsl.model.policy;

import dev.vpmu.dsl.model.Origin;
import java.util.Optional;

/**
 * A register that VM-entry and VM-exit load.
 *
 * @param register the register
 * @param entry what entry loads; absent if it loads nothing
 * @param exit what exit loads; absent if it loads nothing
 * @param saves whether exit saves what the guest left there, as the guest's own word
 * @param means how
 * @param origin the statement
 */
public record SwitchModel(String register, Optional<MaskExpression> entry, Optional<MaskExpression> exit, boolean saves, Means means, Origin origin) {

    /** How a register is switched. */
    public enum Means {
        /** By the dedicated VM-entry and VM-exit controls. */
        CONTROLS,
        /** By the MSR lists. */
        LIST,
        /** By the hypervisor's own WRMSR, before entry and after exit. */
        INSTRUCTIONS
    }
}
