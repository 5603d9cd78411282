package dev.vpmu.dsl.resolve.policies;

import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.pmu.Access;
import dev.vpmu.dsl.pmu.Capability;
import dev.vpmu.dsl.pmu.Lacks;
import dev.vpmu.dsl.pmu.Policy;
import dev.vpmu.dsl.pmu.PolicyStatement;
import dev.vpmu.dsl.pmu.PolicyUse;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.RegisterTarget;
import dev.vpmu.dsl.pmu.Sequence;
import dev.vpmu.dsl.pmu.Switched;
import dev.vpmu.dsl.pmu.Switching;
import dev.vpmu.dsl.pmu.Targeted;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.scoping.PolicyChain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A policy with its inheritance worked out over the registers of one pmu: of each thing the nearest statement, as a part of
 * the syntax tree.
 */
public final class FlatPolicy {

    private final Policy policy;
    private final FlatPmu pmu;
    private final PolicyUse use;
    private final List<PolicyStatement> statements;
    private PolicyModel model;

    /** A policy as a pmu lists it. */
    public FlatPolicy(PolicyUse use, FlatPmu pmu) {
        this(use.getPolicy(), pmu, use);
    }

    /** A policy over the registers of a pmu that does not list it. */
    public FlatPolicy(Policy policy, FlatPmu pmu) {
        this(policy, pmu, null);
    }

    private FlatPolicy(Policy policy, FlatPmu pmu, PolicyUse use) {
        this.policy = policy;
        this.pmu = pmu;
        this.use = use;
        List<Policy> ancestorsFirst = new ArrayList<>(PolicyChain.of(policy));
        Collections.reverse(ancestorsFirst);
        this.statements = ancestorsFirst.stream().flatMap(part -> part.getStatements().stream()).toList();
    }

    public Policy policy() {
        return policy;
    }

    public String name() {
        return policy.getName();
    }

    public FlatPmu pmu() {
        return pmu;
    }

    /** Where the pmu lists it; empty where it does not. */
    public Optional<PolicyUse> use() {
        return Optional.ofNullable(use);
    }

    /** What it comes to. */
    public PolicyModel model() {
        if (model == null) {
            model = PolicyResolver.resolve(this);
        }
        return model;
    }

    /** The registers of the pmu with a role and a storage of their own. */
    public List<Register> registers(RegisterRole role) {
        return pmu.registers(role).stream().filter(register -> RegisterFacts.aliasOf(register).isEmpty()).toList();
    }

    /** The register of the pmu of that name. */
    public Register register(String name) {
        return pmu.registers().stream().filter(register -> register.getName().equals(name)).findFirst().orElseThrow();
    }

    /** Every statement of a kind, ancestors' first, replaced ones too. */
    public <T extends PolicyStatement> List<T> all(Class<T> kind) {
        return statements.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The nearest statement of a kind. */
    public <T extends PolicyStatement> Optional<T> nearest(Class<T> kind) {
        return last(all(kind));
    }

    /** The capabilities that the guest lacks, in order. */
    public Set<Capability> lacks() {
        Set<Capability> lacks = new LinkedHashSet<>();
        all(Lacks.class).forEach(statement -> lacks.addAll(statement.getCapabilities()));
        lacks.removeIf(capability -> capability == null || capability.eIsProxy());
        return lacks;
    }

    /**
     * What says how accesses of a register are treated: the nearest statement that names it; of an alias that none names, what
     * says it of its target; otherwise the nearest about its role.
     */
    public Optional<Access> access(Register register) {
        return access(register, new HashSet<>());
    }

    private Optional<Access> access(Register register, Set<Register> seen) {
        if (!seen.add(register)) {
            return Optional.empty();
        }
        List<Access> all = all(Access.class);
        Optional<Access> named = last(all.stream().filter(statement -> Targets.names((Targeted) statement, register)).toList());
        if (named.isPresent()) {
            return named;
        }
        Optional<Register> target = RegisterFacts.aliasOf(register).map(pmu::current);
        return target.isPresent() ? access(target.get(), seen)
                : last(all.stream().filter(statement -> Targets.covers((Targeted) statement, register)).toList());
    }

    /** How VM-entry and VM-exit switch a register: the nearest statement that names it, or about its role, guards considered. */
    public Optional<Switched> switched(Register register) {
        List<Switching> all = all(Switching.class).stream().filter(pmu::exists).toList();
        Optional<Switching> nearest = last(all.stream().filter(statement -> Targets.names((Targeted) statement, register)).toList())
                .or(() -> RegisterFacts.aliasOf(register).isPresent() ? Optional.empty()
                        : last(all.stream().filter(statement -> Targets.covers((Targeted) statement, register)).toList()));
        return nearest.filter(Switched.class::isInstance).map(Switched.class::cast);
    }

    /** The nearest statement that says what is done at a moment. */
    public Optional<Sequence> sequence(Trigger trigger) {
        return last(all(Sequence.class).stream().filter(statement -> PolicyWords.triggers(statement).contains(trigger)).toList());
    }

    /** The registers that a target means here. */
    public List<Register> registers(RegisterTarget target) {
        return Targets.registers(target, pmu);
    }

    private static <T> Optional<T> last(List<T> all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }
}
