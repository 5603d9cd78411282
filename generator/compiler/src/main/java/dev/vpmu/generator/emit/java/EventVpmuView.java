package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.Reprogram;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.model.policy.WriteEffect;
import dev.vpmu.generator.emit.JavaEscapes;
import java.util.List;
import java.util.TreeSet;

/** What the template of a virtual PMU prints that counts with host events. */
public final class EventVpmuView {

    private static final List<String> TAKEN = List.of("DESIGN", "CPU", "vcpu", "smt", "msrs", "perf", "fault", "registers", "address", "value");

    private final CpuNames names;
    private final CpuModel cpu;
    private final PolicyModel policy;
    private final VpmuDesignView design;
    private final HardwareNames members = new HardwareNames(TAKEN);
    private final VpmuWords words;
    private final VpmuSwitches switches;

    EventVpmuView(CpuNames names, PolicyModel policy) {
        this.names = names;
        this.cpu = names.cpu();
        this.policy = policy;
        this.design = new VpmuDesignView(names, policy);
        HardwareAccess access = new HardwareAccess(cpu, members);
        this.words = new VpmuWords(cpu, policy, members, access);
        this.switches = new VpmuSwitches(cpu, policy, members, new VpmuCounters(cpu, members),
                (register, index) -> "super.rdmsr(" + HardwareAccess.address(register, index) + ")");
    }

    public String javaPackage() {
        return names.javaPackage();
    }

    public String header() {
        return Header.of(cpu.origin());
    }

    public String doorClass() {
        return names.door();
    }

    public VpmuDesignView design() {
        return design;
    }

    public VpmuSwitches switches() {
        return switches;
    }

    public boolean isFiltering() {
        return policy.filters();
    }

    /** The library's design, as an expression. */
    public String eventDesign() {
        Reprogram reprogram = policy.reprogram().orElse(new Reprogram(true, true));
        boolean rearms = cpu.registers().stream().filter(register -> register.role() == RegisterRole.VALUE && register.aliasOf().isEmpty()).map(words::access)
                .anyMatch(model -> model.does(WriteEffect.Kind.REPROGRAM));
        boolean releasesIdle = policy.steps(Trigger.SCHED_IN).stream().anyMatch(step -> step.kind() == StepModel.Kind.RELEASE_IDLE);
        return "new EventOrientedDesign(" + reprogram.atEntry() + ", " + reprogram.resuming() + ", " + rearms + ", " + policy.accountsEmulated() + ", " + releasesIdle + ", "
                + policy.route().masksLvt() + ", " + policy.route().deferred() + ")";
    }

    /** An event as steps of work name it. */
    public String instructions() {
        return event(EventRole.INSTRUCTIONS);
    }

    /** An event as steps of work name it. */
    public String branches() {
        return event(EventRole.BRANCHES);
    }

    private String event(EventRole role) {
        return VpmuEmulation.event(cpu, role).map(event -> HardwareCounting.eventName(event.code(), event.umask())).orElse("-1");
    }

    /** The addresses that the guest does not have, a list of case labels; empty if it has all. */
    public String hidden() {
        TreeSet<Integer> addresses = new TreeSet<>(Integer::compareUnsigned);
        cpu.registers().stream().filter(words::isHidden).forEach(register -> HardwareAccess.elements(register).forEach(index -> addresses.add((int) register.addressOf(index))));
        return HardwareView.wrapped(addresses.stream().map(Literals::hexInt).toList(), ", ");
    }

    /** Writes that fault although the registers would take them: a case each. */
    public List<String> refused() {
        return cpu.registers().stream().filter(register -> !words.isHidden(register)).flatMap(register -> HardwareAccess.elements(register).stream()
                .filter(index -> words.forbidden(register, index) != 0 || isFaulting(register))
                .map(index -> "case " + HardwareAccess.address(register, index) + " -> "
                        + (isFaulting(register) ? "true" : "(value & " + Literals.hex(words.forbidden(register, index)) + ") != 0") + ";")).toList();
    }

    private boolean isFaulting(RegisterModel register) {
        AccessModel model = words.access(register);
        return model.treatment() == AccessModel.Treatment.INTERCEPT && model.does(WriteEffect.Kind.FAULT);
    }

    /** Reads that do not show what the cpu has: a case each. */
    public List<String> lacking() {
        return cpu.registers().stream().filter(register -> !words.isHidden(register) && words.lacked(register) != 0)
                .map(register -> "case " + HardwareAccess.address(register, 0) + " -> super.rdmsr(address) & ~" + Literals.hex(words.lacked(register)) + ";").toList();
    }

    public String comment() {
        Comment comment = new Comment().documentation(policy.origin(), "The virtual PMU by which a hypervisor on " + JavaEscapes.javadocText(cpu.name()) + " counts for guests with host events.");
        comment.paragraph("Policy {@code " + JavaEscapes.javadocText(policy.name()) + "}.");
        policy.allowances().forEach(allowance -> comment.paragraph("<b>Not safe</b>, " + JavaEscapes.javadocText(allowance.rule()) + " is let through: "
                + JavaEscapes.javadocText(allowance.reason()) + "."));
        return comment.origin(policy.origin()).toString();
    }

    /** The policy's name as a literal for messages. */
    public String policyName() {
        return JavaEscapes.literal("policy " + policy.name() + " has no filter");
    }
}
