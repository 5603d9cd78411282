package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.BitRange;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RdpmcModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What RDPMC of the generated hardware does: each value of ECX that names a counter is a case. */
final class HardwareRdpmc {

    private final CpuModel cpu;
    private final HardwareNames names;
    private final Source source;
    private final Map<Integer, String> words = new LinkedHashMap<>();

    /** Where what RDPMC shows is from. */
    @FunctionalInterface
    interface Source {

        /** The word of a register's element that RDPMC with {@code ecx} shows, as an expression; empty if it shows it to nobody. */
        String word(RegisterModel register, int index, int ecx);
    }

    HardwareRdpmc(CpuModel cpu, HardwareNames names) {
        this(cpu, names, (register, index, ecx) -> names.field(register, index));
    }

    HardwareRdpmc(CpuModel cpu, HardwareNames names, Source source) {
        this.cpu = cpu;
        this.names = names;
        this.source = source;
        cpu.rdpmc().ifPresent(rdpmc -> {
            cpu.banks().forEach(bank -> counters(rdpmc, bank));
            cpu.registers().forEach(register -> register(rdpmc, register));
        });
    }

    List<String> cases() {
        return words.entrySet().stream().map(word -> "case " + Literals.hexInt(word.getKey()) + " -> " + word.getValue() + ";").toList();
    }

    private void counters(RdpmcModel rdpmc, BankModel bank) {
        if (bank.firstIndex().isEmpty() || rdpmc.type().isPresent() && bank.rdpmcType().isEmpty()) {
            return;
        }
        for (int index : bank.indexes()) {
            Optional<RegisterModel> value = cpu.registers().stream().filter(register -> register.role() == RegisterRole.VALUE && register.aliasOf().isEmpty()
                    && register.bank().equals(Optional.of(bank.name())) && register.indexes().contains(index)).findFirst();
            int number = rdpmc.type().isPresent() ? index : bank.firstIndex().getAsInt() + index;
            value.ifPresent(register -> ecx(rdpmc, bank.rdpmcType().orElse(0), number).ifPresent(ecx -> {
                String word = source.word(register, index, ecx);
                add(ecx, word.isEmpty() ? word : word(bank, index, word));
            }));
        }
    }

    private String word(BankModel bank, int index, String field) {
        Optional<HardwareCounter> counter = HardwareCounter.of(cpu).stream().filter(known -> known.bank().equals(bank) && known.index() == index).findFirst();
        String word = counter.filter(known -> known.has(FieldRole.USER_READ_DISABLE)).map(known -> "inUserMode() && ("
                + names.field(known.control(), known.control().bank().isPresent() ? index : 0) + " & " + Literals.hex(known.bits(FieldRole.USER_READ_DISABLE)) + ") != 0 ? 0 : " + field).orElse(field);
        return bank.present().contains(index) ? word : "withoutSmtRdpmc(ecx, " + word + ")";
    }

    private void register(RdpmcModel rdpmc, RegisterModel register) {
        if (register.rdpmcType().isEmpty() || rdpmc.type().isEmpty() || register.aliasOf().isPresent()) {
            return;
        }
        for (int index : HardwareAccess.elements(register)) {
            boolean rare = register.bank().flatMap(cpu::bank).filter(bank -> !bank.present().contains(index)).isPresent();
            ecx(rdpmc, register.rdpmcType().getAsInt(), index).ifPresent(ecx -> {
                String word = source.word(register, index, ecx);
                add(ecx, rare && !word.isEmpty() ? "withoutSmtRdpmc(ecx, " + word + ")" : word);
            });
        }
    }

    /** The value of ECX; empty if its parts do not fit into their bits. */
    private static Optional<Integer> ecx(RdpmcModel rdpmc, int type, int index) {
        BitRange low = rdpmc.index();
        boolean fits = Bits.fits(index, low.width()) && (rdpmc.type().isEmpty() || Bits.fits(type, rdpmc.type().get().width()));
        return fits ? Optional.of(rdpmc.type().map(high -> type << high.low()).orElse(0) | index << low.low()) : Optional.empty();
    }

    private void add(int ecx, String word) {
        if (!word.isEmpty()) {
            words.putIfAbsent(ecx, word);
        }
    }
}
