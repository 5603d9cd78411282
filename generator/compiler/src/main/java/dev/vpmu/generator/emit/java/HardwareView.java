package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.ArrayPlace;
import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FreezeModel;
import dev.vpmu.dsl.model.IndexText;
import dev.vpmu.dsl.model.InterruptModel;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.generator.emit.JavaEscapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the template of the hardware prints. */
public final class HardwareView {

    private static final int LONGEST_LIST = 100;

    private final CpuNames names;
    private final CpuModel cpu;
    private final HardwareNames members = new HardwareNames();
    private final HardwareAccess access;
    private final HardwareCounting counting;

    HardwareView(CpuNames names) {
        this.names = names;
        this.cpu = names.cpu();
        this.access = new HardwareAccess(cpu, members);
        // fields first: their names are what the reader knows
        access.stored().forEach(register -> HardwareAccess.elements(register).forEach(index -> members.field(register, index)));
        this.counting = new HardwareCounting(cpu, members);
    }

    public String javaPackage() {
        return names.javaPackage();
    }

    public String className() {
        return names.hardware();
    }

    public String doorClass() {
        return names.door();
    }

    public String header() {
        return Header.of(cpu.origin());
    }

    public HardwareCounting counting() {
        return counting;
    }

    public String comment() {
        Comment comment = new Comment().line("The PMU of one logical CPU of " + text(cpu.name()) + ", as hardware: "
                + cpu.banks().stream().filter(bank -> bank.firstIndex().isPresent()).map(HardwareView::counters).collect(Collectors.joining(", ")) + ".")
                .paragraph("An access faults (#GP), and changes nothing, if there is no such register, or none with SMT on; a write also where"
                + " a register is read-only or does not take the value, as is said at its field; RDPMC if there is no such counter or the ring does not allow it.");
        return comment.origin(cpu.origin()).toString();
    }

    private static String counters(BankModel bank) {
        String some = "{@code " + text(bank.name()) + "} " + IndexText.of(bank.present());
        return (bank.present().equals(bank.presentWithoutSmt()) ? some : some + " (without SMT " + IndexText.of(bank.presentWithoutSmt()) + ")") + " of " + bank.width() + " bits";
    }

    /** A layout's fields with their bits: {@code usr [16], fixed.os [0]+4i}. */
    private String bits(LayoutModel layout) {
        return layout.fields().stream().map(field -> {
            int low = field.array().map(ArrayPlace::offset).orElse(0) + field.low();
            int high = low + field.width() - 1;
            return field.array().map(array -> text(array.bank()) + ".").orElse("") + text(field.name()) + " [" + (high == low ? "" : high + ":") + low + "]"
                    + field.array().map(array -> array.stride() == 1 ? "+i" : "+" + array.stride() + "i").orElse("")
                    + (field.onCounters() == -1 ? "" : " on " + text(names.counters(field.onCounters())));
        }).collect(Collectors.joining(", "));
    }

    private static String text(String raw) {
        return JavaEscapes.javadocText(raw);
    }

    /* ------------------------------------------------------------- registers */

    /** The registers that have words, in the order of the model. */
    public List<FieldView> fields() {
        return access.stored().stream().map(FieldView::new).toList();
    }

    /** A register's words. */
    public final class FieldView {

        private final RegisterModel register;

        FieldView(RegisterModel register) {
            this.register = register;
        }

        public String comment() {
            Comment comment = new Comment().documentation(register.origin(), "{@code " + text(HardwareAccess.title(register)) + "} at "
                    + Literals.hexInt((int) register.address()) + (register.stride() == 1 || register.bank().isEmpty() ? "" : " by " + register.stride()) + ", "
                    + register.role().text() + register.layout().map(layout -> " {@code " + text(layout) + "}").orElse("") + ".");
            register.layout().flatMap(cpu::layout).map(HardwareView.this::bits).filter(bits -> !bits.isEmpty()).ifPresent(bits -> comment.line("Bits: " + bits + "."));
            comment.line("Written: " + text(access.rule(register)) + ".");
            cpu.registers().stream().filter(other -> other.aliasOf().equals(Optional.of(register.name()))).forEach(alias ->
                    comment.line("Also {@code " + text(HardwareAccess.title(alias)) + "} at " + Literals.hexInt((int) alias.address()) + "; written there: " + text(access.rule(alias)) + "."));
            List<Integer> rare = HardwareAccess.elements(register).stream().filter(index -> access.isWithoutSmtOnly(register, index)).toList();
            if (!rare.isEmpty()) {
                comment.line("Elements " + IndexText.of(rare) + " exist without SMT only.");
            }
            return comment.origin(register.origin()).toString();
        }

        public String names() {
            return wrapped(fields(), ", ");
        }

        private List<String> fields() {
            return HardwareAccess.elements(register).stream().map(index -> members.field(register, index)).toList();
        }

        /** What reset does: a statement for all elements with the same value. */
        List<String> resets() {
            Map<String, List<String>> byValue = new LinkedHashMap<>();
            HardwareAccess.elements(register).forEach(index -> byValue.computeIfAbsent(reset(index), value -> new ArrayList<>()).add(members.field(register, index)));
            return byValue.entrySet().stream().map(entry -> wrapped(Stream.concat(entry.getValue().stream(), Stream.of(entry.getKey())).toList(), " = ") + ";").toList();
        }

        private String reset(int index) {
            long value = register.resetValue();
            long withSmt = access.isWithoutSmtOnly(register, index) ? 0 : value & ~register.withoutSmtMask();
            return value == 0 ? "0" : withSmt == value ? Literals.hex(value) : "smt ? " + Literals.hex(withSmt) + " : " + Literals.hex(value);
        }
    }

    /** What reset does, in the order of the model. */
    public List<String> resets() {
        return fields().stream().flatMap(field -> field.resets().stream()).toList();
    }

    /** Parts in lines that are not too long, continued at eight columns. */
    static String wrapped(List<String> parts, String between) {
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (String part : parts) {
            if (length != 0 && length + part.length() > LONGEST_LIST) {
                text.append(between.stripTrailing()).append("\n        ");
                length = 0;
            } else if (length != 0) {
                text.append(between);
            }
            text.append(part);
            length += part.length() + between.length();
        }
        return text.toString();
    }

    public List<AccessPage> reads() {
        return access.reads();
    }

    public List<AccessPage> writes() {
        return access.writes();
    }

    /** What siblings share, a statement an element. */
    public List<String> shared() {
        return access.stored().stream().filter(HardwareAccess::isShared)
                .flatMap(register -> HardwareAccess.elements(register).stream().map(index -> members.field(register, index)))
                .map(field -> field + " = other." + field + ";").toList();
    }

    /** RDPMC's cases. */
    public List<String> rdpmc() {
        return new HardwareRdpmc(cpu, members).cases();
    }

    /* ------------------------------------------------------------- interrupts */

    public boolean isInterrupting() {
        return cpu.interrupt().isPresent();
    }

    public boolean isMaskingItself() {
        return cpu.interrupt().map(InterruptModel::masksItself).orElse(false);
    }

    /** What a PMI freezes. */
    public List<FreezeView> freezes() {
        return cpu.freezes().stream().map(FreezeView::new).toList();
    }

    /** One thing that a PMI freezes. */
    public final class FreezeView {

        private final FreezeModel freeze;

        FreezeView(FreezeModel freeze) {
            this.freeze = freeze;
        }

        private List<String> fields(String name) {
            RegisterModel register = access.target(cpu.register(name).orElseThrow());
            return HardwareAccess.elements(register).stream().map(index -> members.field(register, index)).toList();
        }

        public String comment() {
            return "// " + JavaEscapes.lineComment(freeze.subject().name().toLowerCase(Locale.ROOT) + ": " + (freeze.sets() ? "sets" : "clears") + " bits of " + freeze.register());
        }

        /** Whether software asked for it. */
        public String asked() {
            return "(" + fields(freeze.flagRegister()).get(0) + " & " + Literals.hex(freeze.flagMask()) + ") != 0";
        }

        public List<String> statements() {
            String change = freeze.sets() ? " |= " + Literals.hex(freeze.mask()) : " &= ~" + Literals.hex(freeze.mask());
            List<String> statements = new ArrayList<>(fields(freeze.register()).stream().map(field -> field + change + ";").toList());
            if (access.target(cpu.register(freeze.register()).orElseThrow()).role() == RegisterRole.SELECTOR) {
                statements.add("written = -1;");
            }
            return statements;
        }

        /** Whether it can change what counts, or what else freezes, from its cycle on. */
        public boolean isFelt() {
            RegisterModel target = access.target(cpu.register(freeze.register()).orElseThrow());
            boolean flags = cpu.freezes().stream().anyMatch(other -> (other.flagMask() & freeze.mask()) != 0
                    && access.target(cpu.register(other.flagRegister()).orElseThrow()).equals(target));
            return flags || target.role() == RegisterRole.ENABLE || target.role() == RegisterRole.SELECTOR || target.role() == RegisterRole.STATUS;
        }

        /** Whether it would change something. */
        public String changes() {
            String mask = Literals.hex(freeze.mask());
            return fields(freeze.register()).stream().map(field -> "(" + (freeze.sets() ? "~" : "") + field + " & " + mask + ") != 0").collect(Collectors.joining(" || "));
        }
    }

    /** Whether siblings share something that freezing or counting changes. */
    public boolean isSharingState() {
        return access.stored().stream().anyMatch(register -> HardwareAccess.isShared(register)
                && (register.role() == RegisterRole.STATUS || register.role() == RegisterRole.VALUE
                || cpu.freezes().stream().anyMatch(freeze -> freeze.register().equals(register.name()))));
    }

    /* ------------------------------------------------------------- use */

    /** The registers that report what is in use. */
    public List<UsageView> usages() {
        return cpu.registers().stream().filter(register -> register.role() == RegisterRole.USAGE && register.aliasOf().isEmpty()).map(register -> new UsageView(register, access, counting)).toList();
    }
}
