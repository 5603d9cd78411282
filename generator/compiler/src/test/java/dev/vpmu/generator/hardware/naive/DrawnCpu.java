package dev.vpmu.generator.hardware.naive;

import static dev.vpmu.generator.hardware.naive.DrawnRegisters.hex;
import static dev.vpmu.generator.hardware.naive.DrawnRegisters.listed;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Bits;
import dev.vpmu.generator.hardware.naive.CpuSketch.Clocks;
import dev.vpmu.generator.hardware.naive.CpuSketch.Interrupt;
import dev.vpmu.generator.hardware.naive.CpuSketch.Rdpmc;
import dev.vpmu.generator.hardware.naive.CpuSketch.Reserved;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A CPU that a seed decides, anywhere within what the language can say. Its text and its sketch come from the same draw; a text
 * keeps every rule of the language that is an error. Names of different seeds differ, so that many texts can be compiled together.
 */
public final class DrawnCpu {

    private static final String PACKAGE = "drawn";
    private static final int WORD = Long.SIZE;
    private static final int ECX = Integer.SIZE;

    final Draw draw;
    /** For what software alone knows: whatever it decides, the hardware of a seed stays the same. */
    final Draw software;
    final String suffix;
    final int version;
    final Bank gp;
    /** Counters of fixed events; without any there is no such bank. */
    final Optional<Bank> fixed;
    final DrawnRegisters registers;
    final List<String> elements = new ArrayList<>();
    final List<String> statements = new ArrayList<>();
    private final List<Bank> banks = new ArrayList<>();

    private DrawnCpu(long seed) {
        draw = new Draw(seed);
        software = new Draw(~seed);
        suffix = "_" + Long.toUnsignedString(seed);
        version = draw.chance(50) ? 0 : draw.between(1, 5);
        List<Integer> types = new ArrayList<>(draw.shuffled(IntStream.rangeClosed(0, 40).boxed().toList()));
        List<Integer> programmable = indexes(draw.between(1, 12));
        List<Integer> steady = version == 1 || draw.chance(10) ? List.of() : indexes(draw.between(1, 5));
        boolean fixedFirst = !steady.isEmpty() && draw.chance(30);
        List<Integer> lower = fixedFirst ? steady : programmable;
        List<Integer> upper = fixedFirst ? programmable : steady;
        int first = draw.between(0, WORD - 2 - last(lower) - last(upper));
        int second = draw.between(first + last(lower) + 1, WORD - 1 - last(upper));
        gp = bank("gp", programmable, fixedFirst ? second : first, types);
        fixed = steady.isEmpty() ? Optional.empty() : Optional.of(bank("fixed", steady, fixedFirst ? first : second, types));
        registers = new DrawnRegisters(draw, types);
    }

    /** The CPU that the seed decides. */
    public static DescribedCpu of(long seed) {
        return new DrawnCpu(seed).drawn();
    }

    private DescribedCpu drawn() {
        String name = "Drawn" + suffix;
        statements.add("    signature V" + suffix + " family " + draw.between(1, 200) + " model " + draw.between(0, 255) + "\n");
        if (version > 0) {
            statements.add("    version " + version + "\n");
        }
        statements.add("    capability " + present() + "\n");
        statements.add("    capability " + absent() + "\n");
        statements.add("    has " + present() + "\n");
        DrawnControls controls = new DrawnControls(this);
        controls.draw();
        DrawnGlobals globals = new DrawnGlobals(this, controls);
        globals.draw();
        drawRecords();
        DrawnEvents events = new DrawnEvents(this, controls);
        events.draw();
        new DrawnConstraints(this, controls, events.codes()).draw();
        Clocks clocks = clocks();
        Interrupt interrupt = draw.chance(60) ? Interrupt.MASKS_ITSELF : Interrupt.STAYS_UNMASKED;
        statements.add("    pmi through LVTPC " + (interrupt == Interrupt.MASKS_ITSELF ? "masks itself" : "stays unmasked")
                + (draw.chance(30) ? " acknowledged late" : "") + "\n");
        Rdpmc rdpmc = rdpmc();
        statements.addAll(registers.statements);
        elements.add("cpu " + name + " {\n" + String.join("", draw.shuffled(statements)) + "}\n");
        CpuSketch sketch = new CpuSketch(name, banks, registers.registers, registers.fields, globals.freezes, Optional.of(rdpmc), interrupt,
                events.extras, clocks, events.clockEvents, events.fixedEvents);
        return new DescribedCpu(PACKAGE, name, "package " + PACKAGE + "\n\n" + String.join("\n", draw.shuffled(elements)), sketch);
    }

    /* ------------------------------------------------------------- counters */

    private static int last(List<Integer> indexes) {
        return indexes.isEmpty() ? 0 : indexes.get(indexes.size() - 1);
    }

    /** So many indexes, some with gaps between them. */
    private List<Integer> indexes(int count) {
        List<Integer> indexes = new ArrayList<>();
        int index = draw.chance(85) ? 0 : draw.between(1, 2);
        boolean gaps = draw.chance(30);
        while (indexes.size() < count) {
            indexes.add(index);
            index += gaps && draw.chance(30) && index < count + 2 ? 2 : 1;
        }
        return indexes;
    }

    private Bank bank(String name, List<Integer> withoutSmt, int first, List<Integer> types) {
        OptionalInt type = draw.chance(90) ? OptionalInt.of(types.remove(0)) : OptionalInt.empty();
        List<Integer> withSmt = draw.chance(40) ? draw.some(withoutSmt) : withoutSmt;
        int width = draw.chance(20) ? WORD : draw.between(4, WORD);
        Bank bank = new Bank(name + suffix, OptionalInt.of(first), type, width, withSmt, withoutSmt);
        banks.add(bank);
        elements.add("bank " + bank.name() + "  index " + first + (type.isPresent() ? "  rdpmc " + hex(type.getAsInt()) : "") + "\n");
        String sets = withSmt.equals(withoutSmt) && draw.chance(80) ? "[" + listed(withSmt) + "]"
                : "[" + listed(withSmt) + "] with smt, [" + listed(withoutSmt) + "] without smt";
        statements.add("    counters " + bank.name() + "  " + sets + "  width " + width + " bits\n");
        return bank;
    }

    static int farthest(Bank bank) {
        return WORD / (last(bank.withoutSmt()) + 1);
    }

    /** Branch records, which count nothing. */
    private void drawRecords() {
        if (draw.chance(20)) {
            List<Integer> indexes = CpuSketch.range(0, draw.between(0, 31));
            Bank bank = new Bank("lbr" + suffix, OptionalInt.empty(), OptionalInt.empty(), WORD, indexes, indexes);
            banks.add(bank);
            elements.add("bank " + bank.name() + "\n");
            statements.add("    branch records " + bank.name() + " [0.." + last(indexes) + "]\n");
            registers.records("LBR_FROM", bank, "branch source");
            registers.records("LBR_TO", bank, "branch target");
            registers.plain("LBR_TOP", RegisterRole.OTHER, "branch top");
        }
    }

    /* ------------------------------------------------------------- what is said once */

    private Clocks clocks() {
        if (draw.chance(15)) {
            return Clocks.EQUAL;
        }
        Clocks clocks = new Clocks(draw.between(1, 4000), draw.between(1, 4000), draw.chance(70) ? draw.between(1, 200) : draw.between(1, 9000));
        statements.add("    clocks core " + clocks.core() + " MHz tsc " + clocks.tsc() + " MHz bus " + clocks.bus() + " MHz\n");
        return clocks;
    }

    private Rdpmc rdpmc() {
        int indexWidth = draw.between(1, 16);
        int indexLow = draw.chance(50) ? 0 : draw.between(0, ECX - 7 - indexWidth);
        Bits index = new Bits(indexLow + indexWidth - 1, indexLow);
        Optional<Bits> type = Optional.empty();
        if (draw.chance(75)) {
            int low = draw.between(index.high() + 1, ECX - 6);
            type = Optional.of(new Bits(draw.between(low + 2, ECX - 1), low));
        }
        statements.add("    rdpmc" + type.map(bits -> " type [" + bits.high() + ":" + bits.low() + "]").orElse("") + " index [" + index.high() + ":"
                + index.low() + "] " + (draw.chance(50) ? "exit before fault" : "fault before exit") + "\n");
        return new Rdpmc(type, index);
    }

    /** A capability that the CPU has. */
    String present() {
        return "present" + suffix;
    }

    /** A capability that it lacks. */
    String absent() {
        return "absent" + suffix;
    }

    Reserved reserved() {
        return draw.chance(60) ? Reserved.FAULTS : draw.chance(50) ? Reserved.IGNORED : Reserved.KEPT;
    }

    /** All banks of counters. */
    List<Bank> counters() {
        return fixed.map(bank -> List.of(gp, bank)).orElse(List.of(gp));
    }

    /** Some counters of the bank as a mask word. */
    static long mask(Bank bank, List<Integer> indexes) {
        return indexes.stream().mapToLong(index -> 1L << bank.firstIndex().getAsInt() + index).reduce(0, (a, b) -> a | b);
    }
}
