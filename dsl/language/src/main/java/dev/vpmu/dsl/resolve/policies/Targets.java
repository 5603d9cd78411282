package dev.vpmu.dsl.resolve.policies;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.RegisterTarget;
import dev.vpmu.dsl.pmu.Targeted;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.resolve.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which registers the statements of a policy are about: all of a role, or one by its name. */
public final class Targets {

    private static final String RECORDS = "records";

    private Targets() {
    }

    /** The roles that the words stand for: one, or all of the branch or the precise records; none for no words. */
    public static Set<RegisterRole> roles(String words) {
        Set<RegisterRole> roles = EnumSet.noneOf(RegisterRole.class);
        if (words == null) {
            return roles;
        }
        String squeezed = words.replaceAll("\\s", "");
        if (!squeezed.endsWith(RECORDS)) {
            roles.add(Words.registerRole(words));
            return roles;
        }
        String prefix = squeezed.substring(0, squeezed.length() - RECORDS.length()).toUpperCase(Locale.ROOT) + "_";
        for (RegisterRole role : RegisterRole.values()) {
            if (role.name().startsWith(prefix)) {
                roles.add(role);
            }
        }
        return roles;
    }

    /** Whether the target is the register by its name. */
    public static boolean names(RegisterTarget target, Register register) {
        return target.getRegister() != null && register.getName() != null && register.getName().equals(target.getRegister().getName());
    }

    /** Whether the target is a role that the register has. */
    public static boolean covers(RegisterTarget target, Register register) {
        return target.getRole() != null && roles(target.getRole()).contains(RegisterFacts.role(register));
    }

    /** Whether one of the statement's targets is the register by its name. */
    public static boolean names(Targeted statement, Register register) {
        return statement.getTargets().stream().anyMatch(target -> names(target, register));
    }

    /** Whether one of the statement's targets is a role that the register has. */
    public static boolean covers(Targeted statement, Register register) {
        return statement.getTargets().stream().anyMatch(target -> covers(target, register));
    }

    /** The registers of a pmu that a target means: of a role those with a storage of their own, no aliases; none if it has none. */
    public static List<Register> registers(RegisterTarget target, FlatPmu pmu) {
        return pmu.registers().stream().filter(register -> names(target, register)
                || covers(target, register) && RegisterFacts.aliasOf(register).isEmpty()).toList();
    }

    /** The target as the language writes it: {@code msr IA32_PMC}, {@code precise enable}. */
    public static String text(RegisterTarget target) {
        if (target.getRegister() != null) {
            return "msr " + target.getRegister().getName();
        }
        return text(target.getRole());
    }

    /** The role as the language writes it. */
    public static String text(String words) {
        Set<RegisterRole> roles = roles(words);
        return roles.size() == 1 ? roles.iterator().next().text() : words.startsWith("branch") ? "branch records" : "precise records";
    }
}
