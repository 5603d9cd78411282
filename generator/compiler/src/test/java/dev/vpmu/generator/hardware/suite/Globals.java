package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.FreezeModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.Storage;
import dev.vpmu.dsl.model.WriteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the bits stand that concern all counters at once. */
public final class Globals {

    private final CpuModel cpu;
    private final boolean smt;

    public Globals(CpuModel cpu, boolean smt) {
        this.cpu = cpu;
        this.smt = smt;
    }

    /** The registers of a role that are no aliases. */
    public List<RegisterModel> registers(RegisterRole role) {
        return cpu.registers().stream().filter(register -> register.role() == role && register.aliasOf().isEmpty()).toList();
    }

    private List<FieldModel> fields(RegisterModel register, FieldRole role) {
        return register.layout().stream().flatMap(layout -> cpu.layout(layout).orElseThrow().fields(role).stream())
                .filter(field -> field.storage() == Storage.EFFECTIVE).toList();
    }

    /** A counter's bits of a role in the registers of a role. */
    public List<WordPart> ofCounter(RegisterRole registerRole, FieldRole role, BankModel bank, int index) {
        List<WordPart> parts = new ArrayList<>();
        for (RegisterModel register : registers(registerRole)) {
            long mask = fields(register, role).stream().filter(field -> field.array()
                    .map(place -> place.bank().equals(bank.name()) && place.indexes().contains(index)).orElse(false))
                    .mapToLong(field -> field.maskOf(index)).reduce(0, (a, b) -> a | b);
            if (mask != 0) {
                parts.add(new WordPart(register, 0, smt, mask));
            }
        }
        return parts;
    }

    /** The bits of a role outside arrays in the registers of a role. */
    public List<WordPart> single(RegisterRole registerRole, FieldRole role) {
        List<WordPart> parts = new ArrayList<>();
        for (RegisterModel register : registers(registerRole)) {
            long mask = fields(register, role).stream().filter(field -> field.array().isEmpty()).mapToLong(field -> field.maskOf(0)).reduce(0, (a, b) -> a | b);
            if (mask != 0) {
                parts.add(new WordPart(register, 0, smt, mask));
            }
        }
        return parts;
    }

    /** The status bits that stop all counters. */
    public List<WordPart> frozen() {
        return single(RegisterRole.STATUS, FieldRole.COUNTERS_FROZEN);
    }

    /** The bits that ask for a freeze. */
    public WordPart flag(FreezeModel freeze) {
        return new WordPart(cpu.register(freeze.flagRegister()).orElseThrow(), 0, smt, freeze.flagMask());
    }

    /** The bits that a freeze changes. */
    public WordPart changed(FreezeModel freeze) {
        return new WordPart(cpu.register(freeze.register()).orElseThrow(), 0, smt, freeze.mask());
    }

    /** The register whose writes clear, or set, the bits. */
    public Optional<RegisterModel> changing(WordPart part, boolean sets) {
        return cpu.registers().stream().filter(register -> {
            WriteRule rule = register.write();
            boolean does = sets ? rule instanceof WriteRule.SetBits set && set.target().equals(part.register().name())
                    : rule instanceof WriteRule.ClearBits clear && clear.target().equals(part.register().name());
            return does && (part.mask() & ~new WordPart(register, 0, smt, 0).writable()) == 0;
        }).findFirst();
    }

    /** Whether software can clear the bits whenever they are set. */
    public boolean canClear(WordPart part) {
        return part.settable() || changing(part, false).isPresent();
    }

    public boolean canSet(WordPart part) {
        return part.settable() || changing(part, true).isPresent();
    }
}
