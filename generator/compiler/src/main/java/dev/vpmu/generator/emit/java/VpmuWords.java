package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CapabilityModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EnumeratedAt;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.FreezeModel;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.PolicyModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The words that a guest has of its registers, and which bits it may not set. */
final class VpmuWords {

    private final CpuModel cpu;
    private final PolicyModel policy;
    private final HardwareNames names;
    private final HardwareAccess access;

    VpmuWords(CpuModel cpu, PolicyModel policy, HardwareNames names, HardwareAccess access) {
        this.cpu = cpu;
        this.policy = policy;
        this.names = names;
        this.access = access;
    }

    /** What happens to a register's accesses. */
    AccessModel access(RegisterModel register) {
        return policy.access(register.name()).orElseThrow(() -> new IllegalStateException("policy " + policy.name() + " says nothing of " + register.name()));
    }

    boolean isHidden(RegisterModel register) {
        return access(register).treatment() == Treatment.HIDE;
    }

    /** The registers that the guest has words of: no aliases, and none that is hidden under all its addresses. */
    List<RegisterModel> stored() {
        return access.stored().stream().filter(register -> isOfCounters(register) || views(register).anyMatch(view -> !isHidden(view))).toList();
    }

    /** Whether counters need it, even if the guest does not see it. */
    private static boolean isOfCounters(RegisterModel register) {
        return switch (register.role()) {
            case VALUE, SELECTOR, ENABLE, STATUS -> true;
            default -> false;
        };
    }

    private Stream<RegisterModel> views(RegisterModel register) {
        return Stream.concat(Stream.of(register), cpu.registers().stream().filter(other -> other.aliasOf().equals(Optional.of(register.name()))));
    }

    /** The field of a register's element. */
    String field(RegisterModel register, int index) {
        return names.field(access.target(register), index);
    }

    /** The bits of a register that the guest may not set, although the cpu has them. */
    long forbidden(RegisterModel register, int index) {
        RegisterModel target = access.target(register);
        Optional<LayoutModel> layout = target.layout().flatMap(cpu::layout);
        long roles = layout.stream().flatMap(known -> known.fields().stream()).filter(field -> policy.forbidden().contains(field.role()))
                .mapToLong(field -> everywhere(field, target, index)).reduce(0, (a, b) -> a | b);
        if (access(register).treatment() != Treatment.SHARE) {
            return roles;
        }
        long frozen = cpu.freezes().stream().filter(freeze -> freeze.flagRegister().equals(target.name())).mapToLong(FreezeModel::flagMask).reduce(0, (a, b) -> a | b);
        long recorded = layout.stream().flatMap(known -> known.fields(FieldRole.BRANCH_ENABLE).stream()).mapToLong(field -> field.maskOf(0)).reduce(0, (a, b) -> a | b);
        return roles | frozen | recorded;
    }

    private static long everywhere(FieldModel field, RegisterModel register, int index) {
        if (field.array().isEmpty()) {
            return field.maskOf(register.bank().isPresent() ? index : 0);
        }
        return field.array().get().indexes().stream().mapToLong(field::maskOf).reduce(0, (a, b) -> a | b);
    }

    /** What a register's element is after reset, as an expression. */
    String reset(RegisterModel register, int index) {
        long value = register.resetValue() & ~lacked(register);
        long withSmt = access.isWithoutSmtOnly(register, index) ? 0 : value & ~register.withoutSmtMask();
        return value == 0 ? "0" : withSmt == value ? Literals.hex(value) : "smt ? " + Literals.hex(withSmt) + " : " + Literals.hex(value);
    }

    /** The bits that report capabilities which the guest does not have. */
    long lacked(RegisterModel register) {
        return cpu.capabilities().stream().filter(capability -> policy.lacks().contains(capability.name())).flatMap(capability -> reported(capability, register))
                .mapToLong(field -> field.maskOf(0)).reduce(0, (a, b) -> a | b);
    }

    private Stream<FieldModel> reported(CapabilityModel capability, RegisterModel register) {
        return capability.reportedBy().stream().filter(EnumeratedAt.RegisterField.class::isInstance).map(EnumeratedAt.RegisterField.class::cast)
                .filter(at -> at.register().equals(register.name()))
                .flatMap(at -> register.layout().flatMap(cpu::layout).flatMap(layout -> layout.field(at.field())).stream());
    }
}
