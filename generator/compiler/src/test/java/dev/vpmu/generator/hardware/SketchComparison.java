package dev.vpmu.generator.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.ClocksModel;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.ReadRule;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.ReservedBits;
import dev.vpmu.dsl.model.Storage;
import dev.vpmu.dsl.model.WriteRule;
import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.hardware.naive.CpuSketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a sketch and the compiler's model of a text say, as lines that can be compared: a difference in what counts is then one of counting. */
final class SketchComparison {

    private SketchComparison() {
    }

    /** Fails unless the compiler made of a text what the sketch says. */
    static void assertSame(CpuSketch sketch, CompilationResult result, String text) {
        CpuModel model = result.check().model().orElseThrow().cpus().stream().filter(cpu -> cpu.name().equals(sketch.name())).findFirst().orElseThrow();
        List<String> expected = OfSketch.lines(sketch);
        List<String> actual = OfModel.lines(model);
        assertEquals(only(expected, actual), only(actual, expected), () -> sketch.name() + "\n" + text);
    }

    /** The lines that the other does not have. */
    private static String only(List<String> lines, List<String> others) {
        return lines.stream().filter(line -> !others.contains(line)).collect(Collectors.joining("\n"));
    }

    /** A name of the model that the sketch has too, or {@code otherwise}. */
    private static <E extends Enum<E>> String known(Enum<?> name, Class<E> names, String otherwise) {
        return Arrays.stream(names.getEnumConstants()).map(Enum::name).filter(name.name()::equals).findFirst().orElse(otherwise);
    }

    private static String hex(List<Long> words) {
        return words.stream().map(Long::toHexString).collect(Collectors.joining(" "));
    }

    private static String number(OptionalInt number) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : "none";
    }

    /** What a sketch says, a line for each thing. */
    private static final class OfSketch {

        static List<String> lines(CpuSketch cpu) {
            List<String> lines = new ArrayList<>();
            cpu.banks().stream().map(bank -> "bank " + bank.name() + " " + number(bank.firstIndex()) + " " + number(bank.rdpmcType()) + " "
                    + (bank.firstIndex().isPresent() ? bank.width() : 0) + " " + bank.withSmt() + bank.withoutSmt()).sorted().forEach(lines::add);
            cpu.registers().stream().map(OfSketch::line).sorted().forEach(lines::add);
            cpu.fields().stream().map(field -> "field " + field.register() + " " + field.bank().orElse("-") + " " + field.role() + " " + field.low() + " "
                    + field.width() + " " + field.roleLow() + " " + field.stride() + " " + Long.toHexString(field.onCounters())).sorted().forEach(lines::add);
            cpu.freezes().stream().map(freeze -> "freeze " + freeze.flagRegister() + " " + Long.toHexString(freeze.flagMask()) + " " + freeze.register()
                    + " " + Long.toHexString(freeze.mask()) + " " + freeze.sets()).sorted().forEach(lines::add);
            lines.add("rdpmc " + cpu.rdpmc().map(rdpmc -> rdpmc.type().map(OfSketch::range).orElse("-") + range(rdpmc.index())).orElse("none"));
            lines.add("interrupt " + cpu.interrupt());
            cpu.extras().forEach(extra -> lines.add("extra " + extra.code() + " " + extra.umask() + " " + extra.register() + " " + extra.counters()));
            lines.add("clocks " + cpu.clocks().core() + " " + cpu.clocks().tsc() + " " + cpu.clocks().bus());
            cpu.clockEvents().stream().map(event -> "clock " + event.code() + " " + event.umask() + " " + event.clock()).sorted().forEach(lines::add);
            cpu.fixedEvents().stream().map(event -> "fixed " + event.globalIndex() + " " + event.clock().map(Enum::name)
                    .orElse(event.event().map(coded -> coded.code() + ":" + coded.umask()).orElse("own"))).sorted().forEach(lines::add);
            return lines;
        }

        private static String range(CpuSketch.Bits bits) {
            return "[" + bits.high() + ":" + bits.low() + "]";
        }

        private static String line(CpuSketch.Register register) {
            boolean masked = register.write() instanceof CpuSketch.Write.Checked || register.write() instanceof CpuSketch.Write.Change;
            return "msr " + register.name() + " " + register.role() + " " + Integer.toHexString(register.address()) + " " + places(register.bank(),
                    register.indexes(), register.stride()) + " " + register.aliasOf().orElse("-") + " " + register.constant() + " " + write(register.write())
                    + " " + (masked ? hex(register.writable()) : "") + " " + Long.toHexString(register.withoutSmtMask()) + " "
                    + Long.toHexString(register.reset()) + " " + number(register.rdpmcType()) + " " + register.shared();
        }

        private static String write(CpuSketch.Write write) {
            return write instanceof CpuSketch.Write.Checked checked ? "Checked " + checked.reserved()
                    : write instanceof CpuSketch.Write.SignExtend extend ? "SignExtend " + extend.bits()
                    : write instanceof CpuSketch.Write.Change change ? (change.sets() ? "SetBits " : "ClearBits ") + change.target() + " "
                            + (change.reserved() == CpuSketch.Reserved.FAULTS)
                    : write.getClass().getSimpleName();
        }
    }

    private static String places(Optional<String> bank, List<Integer> indexes, int stride) {
        return bank.map(name -> name + indexes + (indexes.size() > 1 ? " by " + stride : "")).orElse("-");
    }

    /** What a model says, as the sketch says it. */
    private static final class OfModel {

        private static final List<String> RESERVED = List.of("FAULTS", "IGNORED", "KEPT");

        static List<String> lines(CpuModel cpu) {
            List<String> lines = new ArrayList<>();
            cpu.banks().stream().map(bank -> "bank " + bank.name() + " " + number(bank.firstIndex()) + " " + number(bank.rdpmcType()) + " "
                    + bank.width() + " " + bank.present() + bank.presentWithoutSmt()).sorted().forEach(lines::add);
            cpu.registers().stream().map(register -> line(cpu, register)).sorted().forEach(lines::add);
            cpu.registers().stream().filter(register -> register.aliasOf().isEmpty() && !(register.write() instanceof WriteRule.ClearBits)
                    && !(register.write() instanceof WriteRule.SetBits)).flatMap(register -> register.layout().flatMap(cpu::layout).stream()
                    .flatMap(layout -> fields(register.name(), layout).stream())).sorted().forEach(lines::add);
            cpu.freezes().stream().map(freeze -> "freeze " + freeze.flagRegister() + " " + Long.toHexString(freeze.flagMask()) + " " + freeze.register()
                    + " " + Long.toHexString(freeze.mask()) + " " + freeze.sets()).sorted().forEach(lines::add);
            lines.add("rdpmc " + cpu.rdpmc().map(rdpmc -> rdpmc.type().map(type -> "[" + type.high() + ":" + type.low() + "]").orElse("-")
                    + "[" + rdpmc.index().high() + ":" + rdpmc.index().low() + "]").orElse("none"));
            lines.add("interrupt " + cpu.interrupt().map(pmi -> pmi.masksItself() ? "MASKS_ITSELF" : "STAYS_UNMASKED").orElse("NONE"));
            cpu.extras().forEach(extra -> extra.rows().forEach(row ->
                    lines.add("extra " + row.code() + " " + row.umask() + " " + row.register() + " " + row.counters())));
            lines.add("clocks " + IntStream.range(0, Clock.values().length).mapToObj(i -> cpu.clocks().map((ClocksModel clocks) ->
                    clocks.megahertz(Clock.values()[i])).orElse(1L).toString()).collect(Collectors.joining(" ")));
            cpu.clockEvents().stream().map(event -> "clock " + event.code() + " " + event.umask() + " " + event.clock()).sorted().forEach(lines::add);
            cpu.fixedEvents().stream().map(event -> "fixed " + event.globalIndex() + " " + counted(event.event())).sorted().forEach(lines::add);
            return lines;
        }

        private static String counted(CountedEvent event) {
            return event instanceof CountedEvent.Ticks ticks ? ticks.clock().name()
                    : event instanceof CountedEvent.Occurrences coded ? coded.code() + ":" + coded.umask() : "own";
        }

        private static List<String> fields(String register, LayoutModel layout) {
            return layout.fields().stream().filter(field -> field.storage() == Storage.EFFECTIVE && !known(field.role(), CpuSketch.Role.class, "").isEmpty())
                    .map(field -> "field " + register + " " + field.array().map(array -> array.bank()).orElse("-") + " " + field.role() + " "
                            + field.lowOf(0) + " " + field.width() + " " + field.roleLow() + " " + stride(field) + " " + Long.toHexString(field.onCounters()))
                    .toList();
        }

        private static int stride(FieldModel field) {
            return field.array().map(array -> array.stride()).orElse(0);
        }

        private static String line(CpuModel cpu, RegisterModel register) {
            boolean masked = register.write() instanceof WriteRule.Checked || register.write() instanceof WriteRule.ClearBits
                    || register.write() instanceof WriteRule.SetBits;
            return "msr " + register.name() + " " + known(register.role(), CpuSketch.RegisterRole.class, "OTHER") + " "
                    + Integer.toHexString((int) register.address()) + " " + places(register.bank(), register.indexes(), register.stride()) + " "
                    + register.aliasOf().orElse("-") + " " + (register.read() instanceof ReadRule.Constant constant ? "OptionalLong[" + constant.value() + "]"
                            : "OptionalLong.empty") + " " + write(cpu, register) + " " + (masked ? hex(register.writableMaskOfIndex()) : "") + " "
                    + Long.toHexString(register.withoutSmtMask()) + " " + Long.toHexString(register.resetValue()) + " " + number(register.rdpmcType()) + " "
                    + (register.domain() != Domain.THREAD);
        }

        private static String write(CpuModel cpu, RegisterModel register) {
            boolean faults = register.layout().flatMap(cpu::layout).map(LayoutModel::reserved).orElse(ReservedBits.FAULT) == ReservedBits.FAULT;
            return register.write() instanceof WriteRule.Checked checked ? "Checked " + RESERVED.get(checked.reserved().ordinal())
                    : register.write() instanceof WriteRule.SignExtend extend ? "SignExtend " + extend.bits()
                    : register.write() instanceof WriteRule.ClearBits clear ? "ClearBits " + clear.target() + " " + faults
                    : register.write() instanceof WriteRule.SetBits set ? "SetBits " + set.target() + " " + faults
                    : register.write().getClass().getSimpleName();
        }
    }
}
