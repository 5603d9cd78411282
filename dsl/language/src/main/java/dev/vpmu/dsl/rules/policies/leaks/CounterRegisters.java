package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.Storage;
import dev.vpmu.dsl.model.WriteRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The registers in which one counter has its own element, field or bit. One counter stands for its whole bank. */
final class CounterRegisters {

    private final CpuModel cpu;
    private final BankModel bank;
    private final Map<Piece, List<RegisterModel>> registers = new EnumMap<>(Piece.class);

    private CounterRegisters(CpuModel cpu, BankModel bank) {
        this.cpu = cpu;
        this.bank = bank;
        registers.put(Piece.VALUE, showing(RegisterRole.VALUE));
        registers.put(Piece.SELECTOR, showing(RegisterRole.SELECTOR));
        registers.put(Piece.ENABLE, showing(RegisterRole.ENABLE));
        registers.put(Piece.STATUS, showing(RegisterRole.STATUS));
    }

    /** Those of each bank of counters that has a value and a selector. */
    static List<CounterRegisters> of(CpuModel cpu) {
        return cpu.banks().stream().filter(bank -> bank.firstIndex().isPresent() && !bank.indexes().isEmpty())
                .map(bank -> new CounterRegisters(cpu, bank)).filter(counter -> counter.has(Piece.VALUE) && counter.has(Piece.SELECTOR)).toList();
    }

    boolean has(Piece piece) {
        return !registers.get(piece).isEmpty();
    }

    /** The registers through which a piece is seen, its own before its aliases. */
    List<RegisterModel> all(Piece piece) {
        return registers.get(piece);
    }

    /** The register that holds a piece. */
    RegisterModel of(Piece piece) {
        return registers.get(piece).get(0);
    }

    /** The piece that a step's register means, if it means one of this counter. */
    Optional<Piece> piece(String register) {
        return registers.entrySet().stream().filter(entry -> entry.getValue().stream().anyMatch(found -> found.name().equals(register)))
                .map(Map.Entry::getKey).findFirst();
    }

    /** The registers that clear bits of the status, or set them. */
    List<RegisterModel> changing(Class<? extends WriteRule> how) {
        return cpu.registers().stream().filter(register -> has(Piece.STATUS) && how.isInstance(register.write())
                && target(register.write()).equals(of(Piece.STATUS).name())).toList();
    }

    /** The global mask of the counter. */
    long mask() {
        return Bits.mask(bank.firstIndex().orElseThrow() + bank.indexes().get(0), 1);
    }

    /** The name of a piece in messages: the register and, where it has fields of several counters, the field. */
    String name(Piece piece) {
        RegisterModel register = of(piece);
        if (register.bank().isPresent()) {
            return register.name();
        }
        List<FieldModel> own = layout(register).map(this::fields).orElse(List.of());
        return own.size() == 1 ? register.name() + "." + own.get(0).name() : register.name() + " (" + bank.name() + ")";
    }

    /** The name of the field by which the counter counts for the sibling thread, too; absent if it has none. */
    Optional<String> anyThread() {
        RegisterModel selector = of(Piece.SELECTOR);
        return layout(selector).flatMap(layout -> layout.fields(FieldRole.ANY_THREAD).stream()
                .filter(field -> field.storage() == Storage.EFFECTIVE)
                .filter(field -> selector.bank().isPresent() || field.array().filter(array -> array.bank().equals(bank.name())).isPresent())
                .map(field -> selector.name() + "." + field.name()).findFirst());
    }

    /** Whether the selector has a bit that only enables. */
    boolean hasEnableField() {
        return layout(of(Piece.SELECTOR)).filter(layout -> !layout.fields(FieldRole.ENABLE).isEmpty()).isPresent();
    }

    /** Whether a write of a register of values stores every bit that the counter has. */
    boolean takesAllBits(String register) {
        WriteRule rule = cpu.register(register).orElseThrow().write();
        if (rule instanceof WriteRule.SignExtend extend) {
            return extend.bits() >= bank.width();
        }
        return !(rule instanceof WriteRule.Ignored || rule instanceof WriteRule.Fault);
    }

    /** The value after reset of the counter's bit. */
    boolean isSetAfterReset(Piece piece) {
        return has(piece) && (of(piece).resetValue() & mask()) != 0;
    }

    private List<RegisterModel> showing(RegisterRole role) {
        List<RegisterModel> found = new ArrayList<>(cpu.registers().stream()
                .filter(register -> target(register).role() == role && isOfBank(target(register))).toList());
        found.sort(Comparator.comparing(register -> register.aliasOf().isPresent()));
        return found;
    }

    private RegisterModel target(RegisterModel register) {
        return register.aliasOf().flatMap(cpu::register).orElse(register);
    }

    private boolean isOfBank(RegisterModel register) {
        return register.bank().map(name -> name.equals(bank.name()))
                .orElseGet(() -> layout(register).filter(layout -> !fields(layout).isEmpty()).isPresent());
    }

    private List<FieldModel> fields(LayoutModel layout) {
        return layout.fields().stream().filter(field -> field.array().filter(array -> array.bank().equals(bank.name())).isPresent()).toList();
    }

    private Optional<LayoutModel> layout(RegisterModel register) {
        return register.layout().flatMap(cpu::layout);
    }

    private static String target(WriteRule rule) {
        return rule instanceof WriteRule.ClearBits clear ? clear.target() : ((WriteRule.SetBits) rule).target();
    }
}
