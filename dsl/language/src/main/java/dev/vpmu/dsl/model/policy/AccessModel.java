package dev.vpmu.dsl.model.policy;

import dev.vpmu.dsl.model.Origin;
import java.util.List;
import java.util.Optional;

/**
 * What a guest's accesses of a register do. An alias is treated like its target unless the policy names it.
 *
 * @param register the register
 * @param treatment whether they leave guest mode, and what then
 * @param read what a read gives; absent if it faults
 * @param readOtherwise what it gives for a counter that the guest does not own; absent if the same
 * @param writes what a write does, in order
 * @param origin the statement
 */
public record AccessModel(String register, Treatment treatment, Optional<MaskExpression> read, Optional<MaskExpression> readOtherwise,
        List<WriteEffect> writes, Origin origin) {

    public AccessModel {
        writes = List.copyOf(writes);
    }

    /** How a register is treated. */
    public enum Treatment {
        /** Accesses leave guest mode, and the hypervisor does what is said. */
        INTERCEPT,
        /** Accesses do not leave guest mode. */
        PASS,
        /** The guest does not have it: every access faults. */
        HIDE,
        /** The host's own virtualization keeps it: stored, without effect on the hardware; what a PMI would freeze faults. */
        SHARE
    }

    /** Whether a write does something of a kind. */
    public boolean does(WriteEffect.Kind kind) {
        return writes.stream().anyMatch(effect -> effect.kind() == kind);
    }
}
