package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.IndexText;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.ReadRule;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.ReservedBits;
import dev.vpmu.dsl.model.WriteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What RDMSR and WRMSR of the generated hardware do, as cases of switches, register by register in the order of the model. */
public final class HardwareAccess {

    /** So many low bits of an address are left to a method of its own: two small switches are faster than a large one. */
    static final int PAGE_BITS = 4;

    private final CpuModel cpu;
    private final HardwareNames names;
    private final List<HardwareCounter> counters;

    HardwareAccess(CpuModel cpu, HardwareNames names) {
        this.cpu = cpu;
        this.names = names;
        this.counters = HardwareCounter.of(cpu);
    }

    /** The registers with words of their own: no aliases, and none that only change another one's. */
    List<RegisterModel> stored() {
        return cpu.registers().stream().filter(register -> register.aliasOf().isEmpty() && isStored(register)).toList();
    }

    /** Whether a register has words, as far as it is no alias. */
    boolean isStored(RegisterModel register) {
        boolean changes = register.write() instanceof WriteRule.ClearBits || register.write() instanceof WriteRule.SetBits;
        boolean computed = register.role() == RegisterRole.USAGE && register.resetValue() == 0
                && (register.write() instanceof WriteRule.Fault || register.write() instanceof WriteRule.Ignored);
        return !changes && !computed;
    }

    /** The register whose word an access shows. */
    RegisterModel target(RegisterModel register) {
        return register.aliasOf().flatMap(cpu::register).orElse(register);
    }

    /** The elements of a register; 0 for a single one. */
    static List<Integer> elements(RegisterModel register) {
        return register.bank().isEmpty() ? List.of(0) : register.indexes();
    }

    boolean isWithoutSmtOnly(RegisterModel register, int index) {
        return register.bank().flatMap(cpu::bank).filter(bank -> !bank.present().contains(index)).isPresent();
    }

    /** RDMSR, by page. */
    List<AccessPage> reads() {
        TreeMap<Integer, AccessPage> pages = new TreeMap<>(Integer::compareUnsigned);
        for (RegisterModel register : cpu.registers()) {
            for (int index : elements(register)) {
                page(pages, register, index).add(title(register), "case " + address(register, index) + " -> " + read(register, index) + ";");
            }
        }
        return List.copyOf(pages.values());
    }

    static AccessPage page(TreeMap<Integer, AccessPage> pages, RegisterModel register, int index) {
        return pages.computeIfAbsent((int) register.addressOf(index) >>> PAGE_BITS, page -> new AccessPage(page, page << PAGE_BITS));
    }

    private String read(RegisterModel register, int index) {
        RegisterModel target = target(register);
        String word;
        if (register.read() instanceof ReadRule.Constant constant) {
            word = Literals.hex(constant.value());
        } else if (target.role() == RegisterRole.USAGE) {
            word = names.method("usage", target.name()) + "()";
        } else if (isStored(target)) {
            word = names.field(target, index);
        } else {
            word = Literals.hex(target.resetValue());
        }
        return isWithoutSmtOnly(register, index) ? "withoutSmt(address, " + word + ")" : word;
    }

    /** WRMSR, by page; what cannot be written is not there. */
    List<AccessPage> writes() {
        TreeMap<Integer, AccessPage> pages = new TreeMap<>(Integer::compareUnsigned);
        for (RegisterModel register : cpu.registers()) {
            for (int index : register.write() instanceof WriteRule.Fault ? List.<Integer>of() : elements(register)) {
                page(pages, register, index).add(title(register) + ": " + rule(register),
                        "case " + address(register, index) + " -> " + guarded(register, index, write(register, index)));
            }
        }
        return List.copyOf(pages.values());
    }

    private String guarded(RegisterModel register, int index, String statement) {
        List<String> statements = new ArrayList<>();
        if (isWithoutSmtOnly(register, index)) {
            statements.add("onlyWithoutSmt(address, value);");
        }
        if (!statement.isEmpty()) {
            statements.add(statement);
        }
        if (!statement.isEmpty()) {
            written(changed(register), index).ifPresent(statements::add);
        }
        if (!statement.isEmpty() && isShared(changed(register))) {
            statements.add("share();");
        }
        return statements.isEmpty() ? "{ }" : statements.size() == 1 ? statements.get(0) : "{ " + String.join(" ", statements) + " }";
    }

    /** Notes that the counters it controls have to be decoded again. */
    private Optional<String> written(RegisterModel register, int index) {
        String controlled = counters.stream().filter(counter -> counter.control().equals(register) && (register.bank().isEmpty() || counter.index() == index))
                .map(counter -> names.counter(counter.bank().name(), counter.index())).collect(Collectors.joining(" | "));
        return controlled.isEmpty() ? Optional.empty() : Optional.of("written |= " + controlled + ";");
    }

    /** The register whose word a write changes. */
    RegisterModel changed(RegisterModel register) {
        String name = register.write() instanceof WriteRule.ClearBits clear ? clear.target() : register.write() instanceof WriteRule.SetBits set ? set.target() : register.name();
        return target(cpu.register(name).orElse(register));
    }

    /** Whether siblings see one another's writes. */
    static boolean isShared(RegisterModel register) {
        return register.domain() != Domain.THREAD;
    }

    private String write(RegisterModel register, int index) {
        RegisterModel changed = changed(register);
        if (!isStored(changed) || register.write() instanceof WriteRule.Ignored) {
            return "";
        }
        String word = names.field(changed, index);
        if (register.write() instanceof WriteRule.ClearBits) {
            return word + " &= ~" + bits(register, index) + ";";
        } else if (register.write() instanceof WriteRule.SetBits) {
            return word + " |= " + bits(register, index) + ";";
        }
        String next = next(register, index, 0);
        return next.equals(word) ? "" : word + " = " + next + ";";
    }

    /** The bits that a write of 1s is about, of a register that clears or sets another one's, as an operand. */
    String bits(RegisterModel register, int index) {
        String mask = mask(register, index, 0);
        return faults(register) ? "checked(address, value, " + mask + ")" : "(value & " + operand(mask) + ")";
    }

    /**
     * What a register's word is after a write.
     *
     * @param without bits that may not be set although the register has them
     */
    String next(RegisterModel register, int index, long without) {
        String word = names.field(changed(register), index);
        String mask = mask(register, index, without);
        String width = Literals.hex(widthMask(register));
        if (register.write() instanceof WriteRule.Checked checked) {
            return mask.equals(Literals.hex(-1L)) ? "value" : switch (checked.reserved()) {
                case FAULT -> "checked(address, value, " + mask + ")";
                case IGNORE -> "value & " + operand(mask);
                case KEEP -> mask.equals(Literals.hex(0)) ? word : word + " & ~" + operand(mask) + " | value & " + operand(mask);
            };
        } else if (register.write() instanceof WriteRule.SignExtend extend) {
            return signExtended(extend.bits()) + " & " + width;
        } else if (register.write() instanceof WriteRule.Truncate) {
            return "value & " + width;
        } else if (register.write() instanceof WriteRule.FaultBeyondWidth) {
            return "checked(address, value, " + width + ")";
        } else if (register.write() instanceof WriteRule.FaultUnlessCanonical) {
            return "canonical(address, value)";
        }
        throw new IllegalArgumentException("no write rule of a register that can be written: " + register.write());
    }

    private static String signExtended(int bits) {
        return bits == 32 ? "(int) value" : "(value << " + (Long.SIZE - bits) + " >> " + (Long.SIZE - bits) + ")";
    }

    /** Whether a write faults, whatever the value. */
    boolean isReadOnly(RegisterModel register) {
        return register.write() instanceof WriteRule.Fault;
    }

    /** Whether a write does nothing. */
    boolean isIgnoring(RegisterModel register) {
        return register.write() instanceof WriteRule.Ignored;
    }

    /** Whether reserved bits fault. */
    boolean faults(RegisterModel register) {
        return register.layout().flatMap(cpu::layout).map(LayoutModel::reserved).orElse(ReservedBits.FAULT) == ReservedBits.FAULT;
    }

    private long widthMask(RegisterModel register) {
        int width = register.bank().flatMap(cpu::bank).map(BankModel::width).filter(bits -> bits != 0).orElse(Long.SIZE);
        return Bits.mask(0, width);
    }

    private String mask(RegisterModel register, int index, long without) {
        long mask = register.writableMaskOfIndex().get(register.bank().isEmpty() ? 0 : register.indexes().indexOf(index)) & ~without;
        long withSmt = mask & ~register.withoutSmtMask();
        return mask == withSmt ? Literals.hex(mask) : "smt ? " + Literals.hex(withSmt) + " : " + Literals.hex(mask);
    }

    /** A mask as an operand. */
    private static String operand(String mask) {
        return mask.startsWith("smt") ? "(" + mask + ")" : mask;
    }

    static String address(RegisterModel register, int index) {
        return Literals.hexInt((int) register.addressOf(index));
    }

    /** {@code IA32_PMC[gp 0..3]}, as the language writes it. */
    static String title(RegisterModel register) {
        return register.name() + register.bank().map(bank -> "[" + bank + " " + IndexText.of(register.indexes()) + "]").orElse("");
    }

    /** What a write does, in words. */
    String rule(RegisterModel register) {
        if (register.write() instanceof WriteRule.Checked checked) {
            boolean all = register.writableMaskOfIndex().stream().allMatch(mask -> mask == -1L);
            return all ? "stores" : switch (checked.reserved()) {
                case FAULT -> "reserved bits fault";
                case IGNORE -> "reserved bits are dropped";
                case KEEP -> "reserved bits keep what they had";
            };
        } else if (register.write() instanceof WriteRule.SignExtend extend) {
            return "the low " + extend.bits() + " bits, sign-extended to the counter's width";
        } else if (register.write() instanceof WriteRule.Truncate) {
            return "cut to the counter's width";
        } else if (register.write() instanceof WriteRule.FaultBeyondWidth) {
            return "bits beyond the counter's width fault";
        } else if (register.write() instanceof WriteRule.FaultUnlessCanonical) {
            return "an address that is not canonical faults";
        } else if (register.write() instanceof WriteRule.ClearBits clear) {
            return "a 1 clears the bit of " + clear.target() + (faults(register) ? ", bits it does not have fault" : "");
        } else if (register.write() instanceof WriteRule.SetBits set) {
            return "a 1 sets the bit of " + set.target() + (faults(register) ? ", bits it does not have fault" : "");
        }
        return register.write() instanceof WriteRule.Fault ? "read-only, faults" : "dropped";
    }
}
