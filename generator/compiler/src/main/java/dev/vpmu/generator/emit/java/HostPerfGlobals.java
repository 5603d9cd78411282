package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.Acknowledge;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.InterruptModel;
import dev.vpmu.dsl.model.PreciseRecordsModel;
import dev.vpmu.dsl.model.RegisterModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** How all counters are stopped and started together, and what a PMI's handler does with the status. */
public final class HostPerfGlobals {

    private final CpuModel cpu;
    private final HostPerfNames names;
    private final HostPerfMasks masks;
    private final List<PerfCounter> counters;
    private final List<String> disables;
    private final List<String> enables;
    private final Optional<String> preciseRegister;
    private final List<StatusWordView> words;

    HostPerfGlobals(CpuModel cpu, HostPerfNames names, List<PerfCounter> counters) {
        this.cpu = cpu;
        this.names = names;
        this.masks = new HostPerfMasks(cpu);
        this.counters = counters;
        List<RegisterModel> registers = masks.enables().stream().filter(register -> of(counter -> masks.bits(register, FieldRole.ENABLE, counter)) != 0).toList();
        this.disables = registers.stream().map(register -> "registers.wrmsr(" + names.address(register) + ", 0);").toList();
        this.enables = registers.stream().map(register -> "registers.wrmsr(" + names.address(register) + ", " + enabled(register) + ");").toList();
        this.preciseRegister = precise() == 0 ? Optional.empty() : masks.preciseEnable().map(names::address);
        List<RegisterModel> statuses = masks.statuses().stream().filter(status -> StatusWordView.isOfUse(cpu, masks, status, counters)).toList();
        this.words = statuses.stream().map(status -> new StatusWordView(cpu, names, masks, status, counters, statuses.indexOf(status))).toList();
    }

    HostPerfMasks masks() {
        return masks;
    }

    private long of(ToLongFunction<HardwareCounter> bits) {
        return counters.stream().map(PerfCounter::counter).mapToLong(bits).reduce(0, (a, b) -> a | b);
    }

    /** The counters that can write precise records, if that can be switched. */
    long precise() {
        long can = cpu.preciseRecords().map(PreciseRecordsModel::counters).orElse(0L);
        return can & counters.stream().mapToLong(PerfCounter::mask).reduce(0, (a, b) -> a | b) & masks.preciseEnable().map(HostPerfMasks::writable).orElse(0L);
    }

    /* ------------------------------------------------------------- enabling */

    /** The register that switches precise records; empty if there is none. */
    public String preciseRegister() {
        return preciseRegister.orElse("");
    }

    public List<String> disables() {
        return disables;
    }

    public List<String> enables() {
        return enables;
    }

    /** The bits of a register that enable {@code counters}. */
    private String enabled(RegisterModel register) {
        Map<Long, Long> bits = new TreeMap<>();
        counters.forEach(counter -> bits.put(counter.mask(), masks.bits(register, FieldRole.ENABLE, counter.counter())));
        return spread("counters", bits);
    }

    /**
     * Bits of a word put elsewhere, as a Java expression.
     *
     * @param places for each bit of the word where it goes; 0 if nowhere
     */
    static String spread(String word, Map<Long, Long> places) {
        if (places.entrySet().stream().allMatch(place -> place.getKey().equals(place.getValue()))) {
            return word;
        }
        Map<Integer, Long> byDistance = new TreeMap<>();
        places.forEach((from, to) -> {
            for (long rest = to; rest != 0; rest &= rest - 1) {
                byDistance.merge(Long.numberOfTrailingZeros(rest) - Long.numberOfTrailingZeros(from), from, (a, b) -> a | b);
            }
        });
        return byDistance.isEmpty() ? "0" : HardwareView.wrapped(byDistance.entrySet().stream().map(entry -> {
            String bits = word + " & " + Literals.hex(entry.getValue());
            int distance = entry.getKey();
            return distance == 0 ? bits : "(" + bits + ") " + (distance > 0 ? "<< " + distance : ">>> " + -distance);
        }).toList(), " | ");
    }

    /* ------------------------------------------------------------- status */

    /** The registers that report overflows. */
    public List<StatusWordView> words() {
        return words;
    }

    /** Whether some status register has something to be looked at again. */
    public String anyStatus() {
        return words.size() == 1 ? words.get(0).variable() + " != 0"
                : "(" + words.stream().map(StatusWordView::variable).collect(Collectors.joining(" | ")) + ") != 0";
    }

    /** The overflows that the status registers report, as a mask word. */
    public String overflows() {
        return words.stream().map(StatusWordView::overflows).filter(text -> !text.equals("0")).collect(Collectors.joining("\n        | "));
    }

    /** The counters whose overflows no register reports, as a mask; empty if there are none. */
    public String unreported() {
        long mask = counters.stream().filter(counter -> !masks.isReported(counter.counter())).mapToLong(PerfCounter::mask).reduce(0, (a, b) -> a | b);
        return mask == 0 ? "" : Literals.hex(mask);
    }

    /** Whether a guest can have counters. */
    public boolean isReservable() {
        return counters.stream().anyMatch(this::isReservable);
    }

    boolean isReservable(PerfCounter counter) {
        return masks.isGated(counter.counter()) && masks.isReported(counter.counter());
    }

    /** Whether aborted transactions can be taken back from some counter. */
    public boolean isCheckpointing() {
        return counters.stream().anyMatch(counter -> counter.counter().has(FieldRole.CHECKPOINTED));
    }

    /* ------------------------------------------------------------- the interrupt */

    public boolean isUnmaskedFirst() {
        return isUnmasked(Acknowledge.EARLY);
    }

    public boolean isUnmaskedBetween() {
        return isUnmasked(Acknowledge.MIDDLE);
    }

    public boolean isUnmaskedLast() {
        return isUnmasked(Acknowledge.LATE);
    }

    private boolean isUnmasked(Acknowledge when) {
        return cpu.interrupt().filter(InterruptModel::masksItself).filter(interrupt -> interrupt.acknowledged() == when).isPresent();
    }
}
