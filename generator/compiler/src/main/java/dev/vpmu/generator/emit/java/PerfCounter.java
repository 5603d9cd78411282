package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.BitRange;
import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RdpmcModel;
import dev.vpmu.dsl.model.ReadRule;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.WriteRule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A counter that perf can use: it can be told what to count, in which modes, and to interrupt; and its value can be read and written.
 *
 * @param counter the counter
 * @param control the register, or element of an array, that controls it
 * @param ecx where RDPMC finds it; empty if it does not
 * @param read where RDMSR finds its value; empty if it does not
 * @param write the register that its value is written to
 * @param writtenBits how many bits of a value a write takes, the others as the highest of them; the counter's width if it takes all
 * @param otherwise the register that its value is written to where the PMU does not have {@code write}, which is an alias then; empty if there is none
 */
record PerfCounter(HardwareCounter counter, RegisterModel control, OptionalInt ecx, Optional<RegisterModel> read, RegisterModel write, int writtenBits,
        Optional<RegisterModel> otherwise) {

    private static final int CANONICAL_BITS = 48;
    private static final int SHORTEST_PERIOD = 2;

    /** The counters that perf can use, by global index. */
    static List<PerfCounter> of(CpuModel cpu) {
        HostPerfMasks masks = new HostPerfMasks(cpu);
        Optional<SelectorWord> word = SelectorWord.of(cpu);
        return HardwareCounter.of(cpu).stream().filter(counter -> isAsked(counter, word) && masks.canEnable(counter))
                .flatMap(counter -> of(cpu, counter).stream()).toList();
    }

    /** Whether the words in which software asks for events are what the counter understands. */
    private static boolean isAsked(HardwareCounter counter, Optional<SelectorWord> word) {
        return !counter.isProgrammable() || counter.control().bank().isPresent()
                && counter.control().layout().equals(word.map(selector -> selector.layout().name()));
    }

    private static Optional<PerfCounter> of(CpuModel cpu, HardwareCounter counter) {
        Optional<RegisterModel> control = views(cpu, counter.control(), counter.index()).filter(register -> canControl(register, counter)).findFirst();
        OptionalInt ecx = ecx(cpu, counter);
        Optional<RegisterModel> read = views(cpu, counter.value(), counter.index()).filter(register -> register.read() instanceof ReadRule.Stored).findFirst();
        Optional<RegisterModel> write = views(cpu, counter.value(), counter.index()).filter(register -> writtenBits(register, counter) > 0)
                .min(Comparator.comparing(register -> -writtenBits(register, counter)));
        boolean isUsable = control.isPresent() && (ecx.isPresent() || read.isPresent()) && write.isPresent();
        return Optional.of(isUsable).filter(usable -> usable)
                .map(usable -> new PerfCounter(counter, control.get(), ecx, read, write.get(), writtenBits(write.get(), counter), otherwise(counter, write.get())))
                .filter(found -> found.longestPeriod() >= SHORTEST_PERIOD);
    }

    private static Optional<RegisterModel> otherwise(HardwareCounter counter, RegisterModel write) {
        return Optional.of(counter.value()).filter(own -> !own.equals(write) && writtenBits(own, counter) >= SHORTEST_PERIOD
                && write.read() instanceof ReadRule.Stored);
    }

    /** A register and its aliases that show the element. */
    private static Stream<RegisterModel> views(CpuModel cpu, RegisterModel register, int index) {
        return Stream.concat(Stream.of(register), cpu.registers().stream().filter(other -> other.aliasOf().equals(Optional.of(register.name()))))
                .filter(view -> view.bank().equals(register.bank()) && (view.bank().isEmpty() || view.indexes().contains(index)));
    }

    private static boolean canControl(RegisterModel register, HardwareCounter counter) {
        boolean isShared = register.bank().isEmpty();
        long needed = Stream.of(FieldRole.ENABLE, FieldRole.USER_MODE, FieldRole.KERNEL_MODE, FieldRole.INTERRUPT_ENABLE).mapToLong(counter::bits).reduce(0, (a, b) -> a | b);
        boolean isTold = counter.has(FieldRole.USER_MODE) && counter.has(FieldRole.KERNEL_MODE) && counter.has(FieldRole.INTERRUPT_ENABLE);
        return isTold && register.write() instanceof WriteRule.Checked && (needed & ~writable(register, counter.index())) == 0
                && (!isShared || register.read() instanceof ReadRule.Stored);
    }

    static long writable(RegisterModel register, int index) {
        return register.writableMaskOfIndex().get(register.bank().isEmpty() ? 0 : register.indexes().indexOf(index));
    }

    private static int writtenBits(RegisterModel register, HardwareCounter counter) {
        int width = counter.bank().width();
        WriteRule rule = register.write();
        if (rule instanceof WriteRule.Truncate || rule instanceof WriteRule.FaultBeyondWidth) {
            return width;
        } else if (rule instanceof WriteRule.SignExtend extend) {
            return Math.min(extend.bits(), width);
        } else if (rule instanceof WriteRule.FaultUnlessCanonical) {
            return width < CANONICAL_BITS ? width : width == Long.SIZE ? CANONICAL_BITS : 0;
        }
        return rule instanceof WriteRule.Checked && (Bits.mask(0, width) & ~writable(register, counter.index())) == 0 ? width : 0;
    }

    private static OptionalInt ecx(CpuModel cpu, HardwareCounter counter) {
        BankModel bank = counter.bank();
        Optional<RdpmcModel> rdpmc = cpu.rdpmc().filter(model -> model.type().isEmpty() || bank.rdpmcType().isPresent());
        return rdpmc.flatMap(model -> ecx(model, counter)).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static Optional<Integer> ecx(RdpmcModel rdpmc, HardwareCounter counter) {
        int number = rdpmc.type().isPresent() ? counter.index() : counter.globalIndex();
        int type = rdpmc.type().isPresent() ? counter.bank().rdpmcType().getAsInt() : 0;
        BitRange index = rdpmc.index();
        boolean fits = Bits.fits(number, index.width()) && (rdpmc.type().isEmpty() || Bits.fits(type, rdpmc.type().get().width()));
        return fits ? Optional.of(rdpmc.type().map(bits -> type << bits.low()).orElse(0) | number << index.low()) : Optional.empty();
    }

    int globalIndex() {
        return counter.globalIndex();
    }

    long mask() {
        return counter.mask();
    }

    int index() {
        return counter.index();
    }

    BankModel bank() {
        return counter.bank();
    }

    boolean isProgrammable() {
        return counter.isProgrammable();
    }

    /** Whether it shares the register that controls it with others. */
    boolean isPart() {
        return control.bank().isEmpty();
    }

    /** The bits that a write to its control register may set. */
    long writable() {
        return writable(control, counter.index());
    }

    long bits(FieldRole role) {
        return counter.bits(role);
    }

    /** Its part of a control register that it shares. */
    long part() {
        return counter.fields().stream().mapToLong((FieldModel field) -> field.maskOf(counter.index())).reduce(0, (a, b) -> a | b);
    }

    /** Half its range, or less where a write cannot give it so much. */
    long longestPeriod() {
        return Bits.mask(0, Math.min(counter.bank().width(), writtenBits) - 1);
    }

    /** The same where the PMU has only the register that is written otherwise. */
    long longestPeriodOtherwise() {
        return Bits.mask(0, Math.min(counter.bank().width(), writtenBits(otherwise.orElseThrow(), counter)) - 1);
    }
}
