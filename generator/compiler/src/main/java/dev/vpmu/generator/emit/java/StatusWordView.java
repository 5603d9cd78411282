package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.generator.emit.JavaEscapes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A register that reports overflows, as the template prints it. */
public final class StatusWordView {

    private static final Map<FieldRole, String> CAUSES = Map.of(FieldRole.BUFFER_OVERFLOW, "PRECISE_BUFFER", FieldRole.TRACE_OVERFLOW, "TRACE",
            FieldRole.METRICS_OVERFLOW, "METRICS");

    private final CpuModel cpu;
    private final HostPerfNames names;
    private final HostPerfMasks masks;
    private final RegisterModel register;
    private final List<PerfCounter> counters;
    private final int number;
    private final String address;
    private final String clearing;

    StatusWordView(CpuModel cpu, HostPerfNames names, HostPerfMasks masks, RegisterModel register, List<PerfCounter> counters, int number) {
        this.cpu = cpu;
        this.names = names;
        this.masks = masks;
        this.register = register;
        this.counters = counters;
        this.number = number;
        this.address = names.address(register);
        this.clearing = masks.clearing(register).map(names::address).orElse("");
    }

    /** Whether software can do something with what a register reports. */
    static boolean isOfUse(CpuModel cpu, HostPerfMasks masks, RegisterModel register, List<PerfCounter> counters) {
        return counters.stream().anyMatch(counter -> masks.overflows(register, counter.counter()) != 0)
                || fields(cpu, register).stream().anyMatch(field -> CAUSES.containsKey(field.role()) || field.role() == FieldRole.COUNTERS_FROZEN);
    }

    public String name() {
        return JavaEscapes.javadocText(register.name());
    }

    /** The variable that holds what has been read. */
    public String variable() {
        return number == 0 ? "status" : "status" + (number + 1);
    }

    /** Reads it. */
    public String read() {
        return "registers.rdmsr(" + address + ")" + (masks.hasUnclearable(register) ? " & " + mask() : "");
    }

    /** The field with the bits that can be cleared now, if not all that can be set can. */
    public String mask() {
        return names.method("clearable", register.name());
    }

    public boolean isMasked() {
        return masks.hasUnclearable(register);
    }

    /** The value of {@link #mask}. */
    public String maskValue() {
        long all = masks.clearable(register);
        long withSmt = all & ~masks.clearing(register).orElse(register).withoutSmtMask();
        return all == withSmt ? Literals.hex(all) : "smt ? " + Literals.hex(withSmt) + " : " + Literals.hex(all);
    }

    /** Clears all that has been read. */
    public String acknowledge() {
        return clearing.isEmpty() ? "registers.wrmsr(" + address + ", 0);" : "registers.wrmsr(" + clearing + ", " + variable() + ");";
    }

    /** Clears the bits of {@code counters}; empty where it has none. */
    public String clear() {
        Map<Long, Long> places = new TreeMap<>();
        counters.forEach(counter -> places.put(counter.mask(), masks.overflows(register, counter.counter())));
        String bits = HostPerfGlobals.spread("counters", places);
        if (bits.equals("0")) {
            return "";
        }
        return clearing.isEmpty() ? "registers.wrmsr(" + address + ", " + read() + " & ~(" + bits + "));" : "registers.wrmsr(" + clearing + ", " + bits + ");";
    }

    /** The overflows that it reports, as a mask word. */
    public String overflows() {
        Map<Long, Long> places = new TreeMap<>();
        long mask = 0;
        boolean inPlace = true;
        for (PerfCounter counter : counters) {
            long bits = masks.overflows(register, counter.counter());
            if (bits != 0) {
                places.put(bits & -bits, counter.mask());
                mask |= counter.mask();
                inPlace &= bits == counter.mask();
            }
        }
        return places.isEmpty() ? "0" : inPlace ? variable() + " & " + Literals.hex(mask) : HostPerfGlobals.spread(variable(), places);
    }

    /* ------------------------------------------------------------- what is no counter's */

    private static List<FieldModel> fields(CpuModel cpu, RegisterModel register) {
        return register.layout().flatMap(cpu::layout).map(LayoutModel::fields).orElse(List.of()).stream().filter(field -> field.array().isEmpty()).toList();
    }

    /** What it reports that somebody has to hear of. */
    public List<Cause> causes() {
        return fields(cpu, register).stream().filter(field -> CAUSES.containsKey(field.role()) && (field.maskOf(0) & masks.clearable(register)) != 0)
                .map(field -> new Cause("(" + variable() + " & " + Literals.hex(field.maskOf(0)) + ") != 0", CAUSES.get(field.role()), JavaEscapes.lineComment(field.name()))).toList();
    }

    /** The names of what it reports that is passed over. */
    public String passedOver() {
        return fields(cpu, register).stream().filter(field -> !CAUSES.containsKey(field.role())).map(FieldModel::name).map(JavaEscapes::lineComment).collect(Collectors.joining(", "));
    }

    /** Something that is no counter's overflow. */
    public static final class Cause {

        private final String condition;
        private final String cause;
        private final String name;

        Cause(String condition, String cause, String name) {
            this.condition = condition;
            this.cause = cause;
            this.name = name;
        }

        public String condition() {
            return condition;
        }

        public String cause() {
            return cause;
        }

        public String name() {
            return name;
        }
    }
}
