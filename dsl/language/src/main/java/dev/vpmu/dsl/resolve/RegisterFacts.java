package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.AliasAttribute;
import dev.vpmu.dsl.pmu.ClearsAttribute;
import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.RegisterAttribute;
import dev.vpmu.dsl.pmu.RoleAttribute;
import dev.vpmu.dsl.pmu.SetsAttribute;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a register's attributes say. */
public final class RegisterFacts {

    private RegisterFacts() {
    }

    /** The register's attribute of a kind. */
    public static <T extends RegisterAttribute> Optional<T> attribute(Register register, Class<T> kind) {
        return register.getAttributes().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** Its role: its own, or its target's where it is an alias. */
    public static RegisterRole role(Register register) {
        return role(register, new HashSet<>());
    }

    private static RegisterRole role(Register register, Set<Register> seen) {
        if (register == null || register.eIsProxy() || !seen.add(register)) {
            return RegisterRole.PLAIN;
        }
        if (attribute(register, ClearsAttribute.class).isPresent()) {
            return RegisterRole.CLEAR;
        }
        if (attribute(register, SetsAttribute.class).isPresent()) {
            return RegisterRole.SET;
        }
        Optional<RoleAttribute> role = attribute(register, RoleAttribute.class);
        if (role.isPresent()) {
            return Words.registerRole(role.get().getRole());
        }
        return attribute(register, AliasAttribute.class).map(alias -> role(alias.getTarget(), seen)).orElse(RegisterRole.PLAIN);
    }

    /** The register whose storage it shows. */
    public static Optional<Register> aliasOf(Register register) {
        return attribute(register, AliasAttribute.class).map(AliasAttribute::getTarget).filter(target -> !target.eIsProxy());
    }

    /** The status register whose bits it clears or sets. */
    public static Optional<Register> changes(Register register) {
        Optional<Register> cleared = attribute(register, ClearsAttribute.class).map(ClearsAttribute::getTarget);
        return cleared.or(() -> attribute(register, SetsAttribute.class).map(SetsAttribute::getTarget))
                .filter(target -> !target.eIsProxy());
    }

    /** The layout that its own role names. */
    public static Layout ownLayout(Register register) {
        return attribute(register, RoleAttribute.class).map(RoleAttribute::getLayout).orElse(null);
    }

    /** The counters that have an element, ascending: those of its list, or all of its bank; empty for a single register. */
    public static List<Integer> indexes(Register register, FlatPmu pmu) {
        if (register.getBank() == null) {
            return List.of();
        }
        if (!register.getOnly().isEmpty()) {
            return Numbers.indexes(register.getOnly());
        }
        return pmu.bank(register.getBank()).map(FlatBank::indexes).orElse(List.of());
    }

    public static int stride(Register register) {
        return Numbers.intOf(register.getStride(), 1);
    }

    /** The address of the element of counter {@code index}. */
    public static long addressOf(Register register, int index) {
        return Numbers.of(register.getAddress()) + (long) index * stride(register);
    }
}
