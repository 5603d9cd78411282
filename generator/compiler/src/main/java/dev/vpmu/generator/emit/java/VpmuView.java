package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.IndexText;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.generator.emit.JavaEscapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the template of a virtual PMU prints whose guest owns counters. */
public final class VpmuView {

    /** What the template names, and what it inherits. */
    private static final List<String> TAKEN = List.of("DESIGN", "YIELDING", "address", "value", "ecx", "next", "changed", "felt", "wanted", "kept", "counters", "found", "cleared", "set",
            "restored", "counts", "what", "counter", "vcpu", "smt", "msrs", "perf", "hardware", "owned", "remembered", "asking", "instructionsInKernel", "instructionsInUser",
            "branchesInKernel", "branchesInUser");

    private final CpuNames names;
    private final CpuModel cpu;
    private final PolicyModel policy;
    private final VpmuDesignView design;
    private final HardwareNames members = new HardwareNames(TAKEN);
    private final HardwareAccess access;
    private final VpmuWords words;
    private final VpmuCounters counters;
    private final VpmuEmulation emulation;
    private final VpmuControls controls;
    private final VpmuSteps steps;
    private final VpmuSwitches switches;
    private final VpmuAccess accesses;

    VpmuView(CpuNames names, PolicyModel policy) {
        this.names = names;
        this.cpu = names.cpu();
        this.policy = policy;
        this.design = new VpmuDesignView(names, policy);
        this.access = new HardwareAccess(cpu, members);
        this.words = new VpmuWords(cpu, policy, members, access);
        // fields first: their names are what the reader knows
        words.stored().forEach(register -> HardwareAccess.elements(register).forEach(index -> members.field(register, index)));
        this.counters = new VpmuCounters(cpu, members);
        this.emulation = new VpmuEmulation(cpu, policy, words, counters);
        this.controls = new VpmuControls(cpu, policy, members, words, counters, emulation);
        this.steps = new VpmuSteps(cpu, policy, access, words, counters);
        this.switches = new VpmuSwitches(cpu, policy, members, counters, words::field);
        this.accesses = new VpmuAccess(cpu, policy, members, access, words, counters, controls);
    }

    public String javaPackage() {
        return names.javaPackage();
    }

    public String header() {
        return Header.of(cpu.origin());
    }

    public VpmuDesignView design() {
        return design;
    }

    public VpmuEmulation emulation() {
        return emulation;
    }

    public VpmuSteps steps() {
        return steps;
    }

    public VpmuSwitches switches() {
        return switches;
    }

    public VpmuAccess accesses() {
        return accesses;
    }

    public List<VpmuControls.ControlView> controls() {
        return controls.all();
    }

    /** The counters' bits in mask words, constants with their values. */
    public Map<String, String> masks() {
        Map<String, String> masks = new LinkedHashMap<>();
        counters.all().forEach(counter -> masks.put(counters.constant(counter), Literals.hex(counter.mask())));
        return masks;
    }

    /** The guest's words, a declaration for each register. */
    public List<String> words() {
        return words.stored().stream().map(register -> "/** The guest's {@code " + JavaEscapes.javadocText(HardwareAccess.title(register)) + "}. */\nprivate long "
                + HardwareView.wrapped(fields(register), ", ") + ";").toList();
    }

    private List<String> fields(RegisterModel register) {
        return HardwareAccess.elements(register).stream().map(index -> members.field(register, index)).toList();
    }

    /** Gives every word its reset value. */
    public List<String> resets() {
        List<String> resets = new ArrayList<>();
        for (RegisterModel register : words.stored()) {
            Map<String, List<String>> byValue = new LinkedHashMap<>();
            HardwareAccess.elements(register).forEach(index -> byValue.computeIfAbsent(words.reset(register, index), key -> new ArrayList<>()).add(members.field(register, index)));
            byValue.forEach((value, fields) -> resets.add(HardwareView.wrapped(Stream.concat(fields.stream(), Stream.of(value)).toList(), " = ") + ";"));
        }
        return resets;
    }

    /** The registers that the guest does not have, for the class's comment. */
    public String hidden() {
        return cpu.registers().stream().filter(words::isHidden).map(register -> "{@code " + JavaEscapes.javadocText(HardwareAccess.title(register)) + "}").collect(Collectors.joining(", "));
    }

    public String comment() {
        Comment comment = new Comment().documentation(policy.origin(), "The virtual PMU by which a hypervisor on " + JavaEscapes.javadocText(cpu.name()) + " gives guests counters of the host.");
        comment.paragraph("Policy {@code " + JavaEscapes.javadocText(policy.name()) + "}; counters that a guest can own: "
                + cpu.banks().stream().filter(bank -> bank.firstIndex().isPresent()).map(bank -> "{@code " + JavaEscapes.javadocText(bank.name()) + "} " + IndexText.of(bank.indexes()))
                .collect(Collectors.joining(", ")) + "." + (hidden().isEmpty() ? "" : " The guest does not have " + hidden() + "."));
        policy.allowances().forEach(allowance -> comment.paragraph("<b>Not safe</b>, " + JavaEscapes.javadocText(allowance.rule()) + " is let through: "
                + JavaEscapes.javadocText(allowance.reason()) + "."));
        return comment.origin(policy.origin()).toString();
    }
}
