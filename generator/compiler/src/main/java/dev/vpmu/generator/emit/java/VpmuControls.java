package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.model.policy.WriteEffect;
import java.util.ArrayList;
import java.util.List;

/** What happens when a guest writes a register that controls counters: who is to own them, and what they count. */
public final class VpmuControls {

    private final CpuModel cpu;
    private final PolicyModel policy;
    private final HardwareNames names;
    private final VpmuWords words;
    private final VpmuCounters counters;
    private final VpmuEmulation emulation;

    VpmuControls(CpuModel cpu, PolicyModel policy, HardwareNames names, VpmuWords words, VpmuCounters counters, VpmuEmulation emulation) {
        this.cpu = cpu;
        this.policy = policy;
        this.names = names;
        this.words = words;
        this.counters = counters;
        this.emulation = emulation;
    }

    /** The method that is given what an element becomes. */
    String method(RegisterModel register, int index) {
        return names.method("control", register.name() + (register.bank().isPresent() ? "_" + index : ""));
    }

    /** The elements that control counters. */
    public List<ControlView> all() {
        List<ControlView> views = new ArrayList<>();
        for (RegisterModel register : cpu.registers()) {
            if (register.role() == RegisterRole.SELECTOR && register.aliasOf().isEmpty()) {
                HardwareAccess.elements(register).forEach(index -> views.add(new ControlView(register, index)));
            }
        }
        return views;
    }

    private boolean isMergedOnReturn() {
        return policy.steps(Trigger.RETURN).stream().anyMatch(step -> step.kind() == StepModel.Kind.MERGE);
    }

    /** Whether a control word wants the guest to own a counter. */
    private String wants(PerfCounter counter) {
        long enable = counter.bits(FieldRole.ENABLE);
        long all = counter.isPart() ? counter.part() : -1L;
        long decides = enable != 0 ? enable : policy.ownership() == Ownership.WHILE_PROGRAMMED ? all
                : counter.bits(FieldRole.USER_MODE) | counter.bits(FieldRole.KERNEL_MODE);
        return decides == -1L ? "next != 0" : "(next & " + Literals.hex(decides) + ") != 0";
    }

    /** One element. */
    public final class ControlView {

        private final RegisterModel register;
        private final int index;
        private final List<PerfCounter> controlled;

        ControlView(RegisterModel register, int index) {
            this.register = register;
            this.index = index;
            this.controlled = counters.all().stream().filter(counter -> counter.counter().control().equals(register)
                    && (register.bank().isEmpty() || counter.index() == index)).toList();
        }

        public String comment() {
            return "/** The guest's {@code " + register.name() + (register.bank().isPresent() ? "[" + index + "]" : "") + "} becomes {@code next}. */";
        }

        public String method() {
            return VpmuControls.this.method(register, index);
        }

        private String field() {
            return words.field(register, index);
        }

        private String address() {
            return HardwareAccess.address(register, index);
        }

        /** First what the counters did under the old controls is the guest's, then the controls change, then counters are taken. */
        public List<String> statements() {
            List<String> statements = new ArrayList<>();
            if (controlled.isEmpty()) {
                return List.of(field() + " = next;");
            }
            if (isMergedOnReturn() || register.bank().isEmpty()) {
                statements.add("long changed = " + field() + " ^ next;");
            }
            if (moves()) {
                statements.addAll(wanted());
            }
            if (moves() && !isWrittenAlways()) {
                statements.add("release(" + all() + " & ~wanted);");
            }
            if (isMergedOnReturn()) {
                statements.addAll(merge());
            }
            statements.add(field() + " = next;");
            controlled.forEach(counter -> statements.addAll(emulation.decoded(counter)));
            if (moves() && isWrittenAlways()) {
                statements.add("take(wanted);");
            }
            statements.addAll(written());
            if (moves()) {
                statements.add(isWrittenAlways() ? "release(" + all() + " & ~wanted);" : "take(wanted);");
            }
            return statements;
        }

        private boolean moves() {
            return policy.ownership() != Ownership.WHILE_LOADED;
        }

        private String all() {
            return controlled.size() == 1 ? counters.constant(controlled.get(0)) : Literals.hex(controlled.stream().mapToLong(PerfCounter::mask).reduce(0, (a, b) -> a | b));
        }

        private List<String> wanted() {
            if (controlled.size() == 1) {
                return List.of("long wanted = " + wants(controlled.get(0)) + " ? " + counters.constant(controlled.get(0)) + " : 0;");
            }
            List<String> statements = new ArrayList<>();
            statements.add("long wanted = 0;");
            controlled.forEach(counter -> statements.add("if (" + wants(counter) + ") {\n    wanted |= " + counters.constant(counter) + ";\n}"));
            return statements;
        }

        /** Overflows are told with the interrupt enables that they happened under. */
        private List<String> merge() {
            if (controlled.size() == 1) {
                PerfCounter counter = controlled.get(0);
                return List.of("if (" + counters.isIn("owned", counter) + " && (changed & " + Literals.hex(felt(counter)) + ") != 0) {\n    merge("
                        + counters.constant(counter) + ");\n}");
            }
            List<String> statements = new ArrayList<>();
            statements.add("long felt = 0;");
            controlled.forEach(counter -> statements.add("if ((changed & " + Literals.hex(felt(counter)) + ") != 0) {\n    felt |= " + counters.constant(counter) + ";\n}"));
            statements.add("merge(felt & owned);");
            return statements;
        }

        private long felt(PerfCounter counter) {
            return counter.bits(FieldRole.INTERRUPT_ENABLE);
        }

        private List<WriteEffect> hardware() {
            return words.access(register).writes().stream().filter(effect -> effect.kind() == WriteEffect.Kind.HARDWARE).toList();
        }

        private boolean isWrittenAlways() {
            return hardware().stream().anyMatch(effect -> effect.scope() == WriteEffect.Scope.ALL);
        }

        /** What reaches the hardware of counters that have been owned and still are. */
        private List<String> written() {
            if (hardware().isEmpty()) {
                return List.of();
            }
            if (register.bank().isPresent()) {
                String write = "hardware.wrmsr(" + address() + ", next);";
                return List.of(isWrittenAlways() ? write : "if (" + counters.isIn("owned", controlled.get(0)) + ") {\n    " + write + "\n}");
            }
            List<String> statements = new ArrayList<>();
            statements.add("long kept = 0;");
            controlled.forEach(counter -> statements.add("if (" + (isWrittenAlways() ? "" : counters.isIn("owned", counter) + " && ") + "(changed & " + Literals.hex(counter.part())
                    + ") != 0) {\n    kept |= " + Literals.hex(counter.part()) + ";\n}"));
            statements.add("if (kept != 0) {\n    hardware.wrmsr(" + address() + ", hardware.rdmsr(" + address() + ") & ~kept | next & kept);\n}");
            return statements;
        }
    }
}
