package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.WriteRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The counters that a guest can own, and where their bits are in the registers that have bits of several counters. */
final class VpmuCounters {

    private final CpuModel cpu;
    private final HardwareNames names;
    private final HostPerfMasks masks;
    private final List<PerfCounter> counters;

    VpmuCounters(CpuModel cpu, HardwareNames names) {
        this.cpu = cpu;
        this.names = names;
        this.masks = new HostPerfMasks(cpu);
        this.counters = PerfCounter.of(cpu).stream()
                .filter(counter -> masks.isGated(counter.counter()) && masks.isReported(counter.counter())).toList();
    }

    /** The counters, by global index. */
    List<PerfCounter> all() {
        return counters;
    }

    HostPerfMasks masks() {
        return masks;
    }

    /** The counter whose value, or own selector, a register's element is; empty if the guest cannot own it. */
    Optional<PerfCounter> of(RegisterModel register, int index) {
        return counters.stream().filter(counter -> register.bank().equals(Optional.of(counter.bank().name())) && counter.index() == index).findFirst();
    }

    /** The constant with a counter's bit in mask words. */
    String constant(PerfCounter counter) {
        return names.counter(counter.bank().name(), counter.index());
    }

    /** Whether it is among {@code mask}, an expression. */
    String isIn(String mask, PerfCounter counter) {
        return "(" + mask + " & " + constant(counter) + ") != 0";
    }

    /** All of them, those that are there with SMT on or off. */
    long mask(boolean smt) {
        long present = cpu.banks().stream().mapToLong(bank -> bank.counters(smt)).reduce(0, (a, b) -> a | b);
        return counters.stream().mapToLong(PerfCounter::mask).reduce(0, (a, b) -> a | b) & present;
    }

    /** All that are there, as an expression. */
    String present() {
        return mask(true) == mask(false) ? Literals.hex(mask(true)) : "(smt ? " + Literals.hex(mask(true)) + " : " + Literals.hex(mask(false)) + ")";
    }

    /** A counter's bits in a register that has bits of several; 0 if it has none there. */
    long bits(RegisterModel register, PerfCounter counter) {
        return switch (register.role()) {
            case ENABLE -> masks.bits(register, FieldRole.ENABLE, counter.counter());
            case STATUS -> masks.overflows(register, counter.counter());
            case CLEAR, SET -> bits(target(register), counter);
            case SELECTOR -> register.bank().isEmpty() && register.equals(counter.counter().control()) ? counter.part() : 0;
            case PRECISE_ENABLE -> counter.mask();
            default -> 0;
        };
    }

    /** The register whose bits a register clears or sets. */
    RegisterModel target(RegisterModel register) {
        String name = register.write() instanceof WriteRule.ClearBits clear ? clear.target() : register.write() instanceof WriteRule.SetBits set ? set.target() : register.name();
        return cpu.register(name).orElseThrow();
    }

    /** The bits in a register of the counters in a mask, as an operand. */
    String inRegister(String mask, RegisterModel register) {
        Map<Long, Long> places = new TreeMap<>();
        counters.forEach(counter -> places.put(counter.mask(), bits(register, counter)));
        return operand(HostPerfGlobals.spread(mask, places));
    }

    /** The counters with bits in a register's word, as an operand. */
    String fromRegister(String word, RegisterModel register) {
        Map<Long, Long> places = new TreeMap<>();
        long all = 0;
        boolean inPlace = true;
        for (PerfCounter counter : counters) {
            long bits = bits(register, counter);
            if (bits != 0) {
                places.put(bits & -bits, counter.mask());
                all |= counter.mask();
                inPlace &= bits == counter.mask();
            }
        }
        return places.isEmpty() ? "0" : inPlace ? "(" + word + " & " + Literals.hex(all) + ")" : operand(HostPerfGlobals.spread(word, places));
    }

    private static String operand(String expression) {
        return expression.chars().allMatch(Character::isJavaIdentifierPart) ? expression : "(" + expression + ")";
    }

    /** The bits of all counters in a register, whatever the state of SMT. */
    long allBits(RegisterModel register) {
        return counters.stream().mapToLong(counter -> bits(register, counter)).reduce(0, (a, b) -> a | b);
    }

    /** The counters that the guest's enable registers let count, as an expression. */
    String enabled() {
        String enabled = masks.enables().stream().filter(register -> allBits(register) != 0).map(register -> {
            long others = counters.stream().filter(counter -> bits(register, counter) == 0).mapToLong(PerfCounter::mask).reduce(0, (a, b) -> a | b);
            String mask = fromRegister(names.field(register, 0), register);
            return others == 0 ? mask : "(" + mask + " | " + Literals.hex(others) + ")";
        }).collect(Collectors.joining(" & "));
        return enabled.isEmpty() ? "-1L" : enabled;
    }

    /** Whether the guest's status holds all counters still, as an expression; empty where nothing does. */
    String frozen() {
        return cpu.registers().stream().filter(register -> register.role() == RegisterRole.STATUS && register.aliasOf().isEmpty()).map(register -> {
            long bits = register.layout().flatMap(cpu::layout).stream().flatMap(layout -> layout.fields(FieldRole.COUNTERS_FROZEN).stream())
                    .mapToLong(field -> field.maskOf(0)).reduce(0, (a, b) -> a | b);
            return bits == 0 ? "" : "(" + names.field(register, 0) + " & " + Literals.hex(bits) + ") != 0";
        }).filter(text -> !text.isEmpty()).collect(Collectors.joining(" || "));
    }

    /** A counter's value in hardware, as RDPMC shows it, or RDMSR where that does not. */
    String read(PerfCounter counter) {
        return counter.ecx().isPresent() ? "hardware.rdpmc(" + Literals.hexInt(counter.ecx().getAsInt()) + ")"
                : "hardware.rdmsr(" + HardwareAccess.address(counter.read().orElseThrow(), counter.index()) + ")";
    }

    /** Writes a counter in hardware, through the address that takes most of its bits. */
    String write(PerfCounter counter, String value) {
        return "hardware.wrmsr(" + HardwareAccess.address(counter.write(), counter.index()) + ", " + value + ")";
    }

    /** The bits of a counter's value. */
    static long width(PerfCounter counter) {
        return Bits.mask(0, counter.bank().width());
    }
}
