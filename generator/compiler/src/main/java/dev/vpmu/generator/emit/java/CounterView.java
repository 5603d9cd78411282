package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.FixedEventModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.stream.Collectors;

/** One counter, as the template prints it. */
public final class CounterView {

    private final HardwareCounting counting;
    private final HardwareCounter counter;
    private final ControlGroup group;

    CounterView(HardwareCounting counting, HardwareCounter counter, ControlGroup group) {
        this.counting = counting;
        this.counter = counter;
        this.group = group;
    }

    public String name() {
        return counting.name(counter);
    }

    public String mask() {
        return Literals.hex(counter.mask());
    }

    public String value() {
        return counting.names().field(counter.value(), counter.index());
    }

    public String widthMask() {
        return Literals.hex(Bits.mask(0, counter.bank().width()));
    }

    /** Its control word, moved to where its group looks for the bits. */
    public String control() {
        int shift = group.shiftOf(counter);
        return counting.names().field(counter.control(), group.control().bank().isPresent() ? counter.index() : 0) + (shift == 0 ? "" : " >>> " + shift);
    }

    /** Whether its control word can be set while it does not exist. */
    public boolean isSometimesAbsent() {
        return counter.isWithoutSmtOnly() && group.control().bank().isEmpty();
    }

    /** Whether its own bits in enable registers are off; empty where a mask word says it for all. */
    public String disabled() {
        if (counting.masks().maskWord(RegisterRole.ENABLE, FieldRole.ENABLE).isPresent()) {
            return "";
        }
        return counting.masks().words(RegisterRole.ENABLE, FieldRole.ENABLE, counter).stream()
                .map(register -> "(" + counting.names().field(register, 0) + " & " + Literals.hex(counting.masks().bits(register, FieldRole.ENABLE, counter)) + ") == 0").collect(Collectors.joining(" || "));
    }

    public boolean isProgrammable() {
        return group.has(FieldRole.EVENT_CODE);
    }

    /** The field with what a programmable counter counts. */
    public String event() {
        return counting.names().event(counter.bank().name(), counter.index());
    }

    /** Whether {@code sum} has left the counter's width. */
    public String carry() {
        int width = counter.bank().width();
        return width >= Long.SIZE ? "Long.compareUnsigned(sum, " + value() + ") < 0" : "sum >>> " + width + " != 0";
    }

    /** What it adds in the cycles. */
    public String added() {
        ControlGroupView own = counting.view(group);
        String before = own.isDetectingEdges() ? ", before" : "";
        if (group.has(FieldRole.EVENT_CODE)) {
            return "((plain & " + name() + ") != 0 ? step.pattern(" + event() + ").occurrences(from, to)\n        : " + own.method("count") + "(" + control() + ", " + event() + ", "
                    + name() + before + ", step, from, to))";
        }
        String pattern = pattern();
        String range = isMoving() ? "coreCycle, coreCycle + to - from" : "from, to";
        if (group.hasCondition()) {
            return own.method("add") + "(" + pattern + ", " + control() + ", " + name() + before + ", " + range + ")";
        }
        return pattern.equals("EVERY_CYCLE") ? "(to - from)" : pattern + ".occurrences(" + range + ")";
    }

    /** The end of the cycle of its overflow; {@code end} if it does not come before. */
    public String reached() {
        ControlGroupView own = counting.view(group);
        String room = widthMask() + " - " + value();
        if (group.has(FieldRole.EVENT_CODE)) {
            return own.method("reach") + "(" + room + ", " + control() + ", " + event() + ", " + name() + ", step, from, end)";
        }
        String pattern = pattern();
        String reached = group.hasCondition() ? own.method("overflow") + "(" + pattern + ", " + room + ", " + control() + ", " + name() + ", " : "overflowEnd(" + pattern + ", " + room + ", ";
        return isMoving() ? reached + "coreCycle, coreCycle + end - from) - coreCycle + from" : reached + "from, end)";
    }

    private CountedEvent counted() {
        return counting.cpu().fixedEvents().stream().filter(fixed -> fixed.globalIndex() == counter.globalIndex()).findFirst()
                .map(FixedEventModel::event).orElse(new CountedEvent.Own(counter.globalIndex()));
    }

    private boolean isMoving() {
        return counted() instanceof CountedEvent.Ticks ticks && counting.clocks().moving(ticks.clock()).isPresent();
    }

    /** When a counter without a selector counts. */
    private String pattern() {
        CountedEvent event = counted();
        if (event instanceof CountedEvent.Ticks ticks) {
            return counting.clocks().moving(ticks.clock()).map(ClockView::constant).orElse("EVERY_CYCLE");
        }
        return "step.pattern(" + (event instanceof CountedEvent.Occurrences occurrences ? HardwareCounting.eventName(occurrences.code(), occurrences.umask())
                : "Step.eventOfCounter(" + counter.globalIndex() + ")") + ")";
    }

    /** Whether it is in use, as USAGE registers report it. */
    public String used() {
        long bits = group.has(FieldRole.EVENT_CODE) ? counter.bits(FieldRole.EVENT_CODE) : counter.bits(FieldRole.USER_MODE) | counter.bits(FieldRole.KERNEL_MODE);
        return (isSometimesAbsent() ? "!smt && (" : "(") + counting.names().field(counter.control(), group.control().bank().isPresent() ? counter.index() : 0) + " & " + Literals.hex(bits) + ") != 0";
    }

    /** Its bits in a usage register; 0 where it has none. */
    long usedBits(RegisterModel usage) {
        return counting.masks().bits(usage, FieldRole.IN_USE, counter);
    }
}
