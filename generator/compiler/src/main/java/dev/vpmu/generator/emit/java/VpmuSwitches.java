package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.MaskExpression;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.model.policy.SwitchModel.Means;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** What VM-entry and VM-exit load, worked out before each entry. */
public final class VpmuSwitches {

    private final CpuModel cpu;
    private final PolicyModel policy;
    private final HardwareNames names;
    private final VpmuCounters counters;
    private final BiFunction<RegisterModel, Integer, String> word;

    /**
     * The switches of a policy.
     *
     * @param word the guest's own word of a register's element
     */
    VpmuSwitches(CpuModel cpu, PolicyModel policy, HardwareNames names, VpmuCounters counters, BiFunction<RegisterModel, Integer, String> word) {
        this.cpu = cpu;
        this.policy = policy;
        this.names = names;
        this.counters = counters;
        this.word = word;
    }

    private RegisterModel register(SwitchModel model) {
        return cpu.register(model.register()).orElseThrow();
    }

    private boolean isLoaded(SwitchModel model) {
        return model.entry().isPresent() && model.exit().isPresent();
    }

    /** Fields for what is loaded after exit by instructions, one each. */
    public List<String> fields() {
        return policy.switches().stream().filter(model -> isLoaded(model) && model.means() == Means.INSTRUCTIONS).map(this::onExit).toList();
    }

    private String onExit(SwitchModel model) {
        return names.method("host", model.register());
    }

    /** What is said once: what the CPU stores as it leaves guest mode. */
    public List<String> saves() {
        return policy.switches().stream().filter(model -> model.saves() && model.means() != Means.INSTRUCTIONS).map(model -> "msrs." + (model.means() == Means.CONTROLS ? "saveByControl" : "store") + "("
                + HardwareAccess.address(register(model), 0) + ");").toList();
    }

    /** What is done before entry. */
    public List<String> entering() {
        List<String> statements = new ArrayList<>();
        for (SwitchModel model : policy.switches()) {
            if (!isLoaded(model)) {
                continue;
            }
            RegisterModel register = register(model);
            String address = HardwareAccess.address(register, 0);
            String guest = names.method("guest", register.name() + "_entry");
            String host = model.means() == Means.INSTRUCTIONS ? onExit(model) : names.method("host", register.name() + "_exit");
            statements.add("long " + guest + " = " + value(model.entry().get(), register, true) + ";");
            statements.add((model.means() == Means.INSTRUCTIONS ? "" : "long ") + host + " = " + value(model.exit().get(), register, false) + ";");
            statements.add(switch (model.means()) {
                case CONTROLS -> load("control", address, guest, host, model.saves());
                case LIST -> load("load", address, guest, host, model.saves());
                case INSTRUCTIONS -> "hardware.wrmsr(" + address + ", " + guest + ");";
            });
        }
        return statements;
    }

    private static String load(String how, String address, String guest, String host, boolean always) {
        String load = "msrs." + how + "(" + address + ", " + guest + ", " + host + ");";
        return always ? load : "if (" + guest + " == " + host + ") {\n    msrs.stopLoading(" + address + ");\n} else {\n    " + load + "\n}";
    }

    private String value(MaskExpression expression, RegisterModel register, boolean isEntry) {
        String address = HardwareAccess.address(register, 0);
        return VpmuExpression.of(expression, operand -> switch (operand) {
            case GUEST -> guest(register, isEntry);
            case HOST -> switch (register.role()) {
                case ENABLE -> counters.inRegister("perf.enabledOutsideGuest()", register);
                case PRECISE_ENABLE -> "perf.preciseOutsideGuest()";
                default -> "hardware.rdmsr(" + address + ")";
            };
            case HARDWARE -> "hardware.rdmsr(" + address + ")";
            case OWNED -> counters.inRegister("owned", register);
            case ALL -> counters.inRegister(counters.present(), register);
            case EVENTS -> word.apply(register, 0);
            case GUEST_ONLY -> counters.inRegister("perf.guestOnly()", register);
            case HOST_ONLY -> counters.inRegister("perf.hostOnly()", register);
        });
    }

    /** The guest's word; a status that holds counters still acts on what enables them, because the guest's status is not in the hardware. */
    private String guest(RegisterModel register, boolean isEntry) {
        String field = word.apply(register, 0);
        String frozen = counters.frozen();
        return isEntry && register.role() == RegisterRole.ENABLE && !frozen.isEmpty() ? "(" + frozen + " ? 0 : " + field + ")" : field;
    }

    /** What is done after exit, before anything else. */
    public List<String> left() {
        List<String> statements = new ArrayList<>();
        for (SwitchModel model : policy.switches()) {
            String address = HardwareAccess.address(register(model), 0);
            if (model.saves()) {
                statements.add(word.apply(register(model), 0) + " = " + (model.means() == Means.INSTRUCTIONS ? "hardware.rdmsr(" + address + ")" : "msrs.stored(" + address + ")") + ";");
            }
            if (isLoaded(model) && model.means() == Means.INSTRUCTIONS) {
                statements.add("hardware.wrmsr(" + address + ", " + onExit(model) + ");");
            }
        }
        return statements;
    }
}
