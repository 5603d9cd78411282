package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FieldRole;
import java.util.List;

/** How the counters of the generated hardware count, as Java expressions over its fields. */
public final class HardwareCounting {

    private final CpuModel cpu;
    private final HardwareNames names;
    private final HardwareClocks clocks;
    private final HardwareMasks masks;
    private final List<HardwareCounter> counters;
    private final List<ControlGroup> groups;

    HardwareCounting(CpuModel cpu, HardwareNames names) {
        this.cpu = cpu;
        this.names = names;
        this.counters = HardwareCounter.of(cpu);
        this.groups = ControlGroup.of(counters);
        this.clocks = new HardwareClocks(cpu, names);
        this.masks = new HardwareMasks(cpu, names, counters);
    }

    CpuModel cpu() {
        return cpu;
    }

    HardwareNames names() {
        return names;
    }

    HardwareMasks masks() {
        return masks;
    }

    public HardwareClocks clocks() {
        return clocks;
    }

    public List<CounterView> counters() {
        return counters.stream().map(this::view).toList();
    }

    public List<ControlGroupView> groups() {
        return groups.stream().map(this::view).toList();
    }

    ControlGroupView view(ControlGroup group) {
        return new ControlGroupView(this, group, group.name(groups));
    }

    CounterView view(HardwareCounter counter) {
        return new CounterView(this, counter, groups.stream().filter(group -> group.counters().contains(counter)).findFirst().orElseThrow());
    }

    /** Whether some counter can detect edges, so that what held in the last cycle has to be remembered. */
    public boolean isDetectingEdges() {
        return groups.stream().anyMatch(group -> group.has(FieldRole.EDGE_DETECT));
    }

    /** The fields with what programmable counters count. */
    public String events() {
        return HardwareView.wrapped(counters().stream().filter(CounterView::isProgrammable).map(CounterView::event).toList(), ", ");
    }

    /** What is cut out of the counters that count; see {@link HardwareMasks#enabled}. */
    public String enabled() {
        return masks.enabled();
    }

    /** Whether nothing counts now; see {@link HardwareMasks#frozen}. */
    public String frozen() {
        return masks.frozen();
    }

    /** How overflows reach the status registers, a statement each. */
    public List<String> reports() {
        return masks.reports();
    }

    /** A counter's bit in mask words, by name. */
    String name(HardwareCounter counter) {
        return names.counter(counter.bank().name(), counter.index());
    }

    /** The name of an event in steps of work, as a literal. */
    static String eventName(int code, int umask) {
        return Literals.hex((long) code << Integer.SIZE | umask & Bits.mask(0, Integer.SIZE));
    }
}
