package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.generator.emit.JavaEscapes;
import java.util.stream.Collectors;

/** A policy of a cpu, as the classes that are generated for it name it. */
public final class VpmuDesignView {

    private final CpuNames names;
    private final PolicyModel policy;

    VpmuDesignView(CpuNames names, PolicyModel policy) {
        this.names = names;
        this.policy = policy;
    }

    public String className() {
        return names.vpmu(policy);
    }

    /** The design, as an expression. */
    public String value() {
        String allowances = policy.allowances().stream().map(allowance -> "new Allowance(" + JavaEscapes.literal(allowance.rule()) + ", " + JavaEscapes.literal(allowance.reason()) + ")")
                .collect(Collectors.joining(",\n        "));
        return "new VpmuDesign(" + JavaEscapes.literal(policy.name()) + ", " + policy.hypothetical() + ", " + policy.route().masksLvt() + ",\n        List.of("
                + allowances + "), " + className() + "::new)";
    }

    /** Whether something is let through. */
    public boolean isAllowing() {
        return !policy.allowances().isEmpty();
    }
}
