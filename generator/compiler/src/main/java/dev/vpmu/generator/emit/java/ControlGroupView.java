package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.ClockEventModel;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldRole;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Counters that are controlled alike, as the template prints them. */
public final class ControlGroupView {

    private final HardwareCounting counting;
    private final ControlGroup group;
    private final String name;

    ControlGroupView(HardwareCounting counting, ControlGroup group, String name) {
        this.counting = counting;
        this.group = group;
        this.name = name;
    }

    /** The bits of the roles that decide when and what a counter counts. */
    public List<NamedMask> constants() {
        return List.of(FieldRole.ENABLE, FieldRole.KERNEL_MODE, FieldRole.USER_MODE, FieldRole.ANY_THREAD, FieldRole.IN_TRANSACTION, FieldRole.CHECKPOINTED,
                FieldRole.INTERRUPT_ENABLE, FieldRole.THRESHOLD, FieldRole.INVERT, FieldRole.EQUAL, FieldRole.EDGE_DETECT).stream().filter(group::has)
                .map(role -> new NamedMask(constant(role), Literals.hex(group.bits(role)), place() + ": " + role.text() + ".")).toList();
    }

    private String place() {
        return "{@code " + group.control().name() + "}" + (group.control().bank().isPresent() ? "" : ", the part of " + group.counters().get(0).bank().name() + "'s first counter");
    }

    private String constant(FieldRole role) {
        return counting.names().constant(name + "_" + role.name());
    }

    public boolean isProgrammable() {
        return group.has(FieldRole.EVENT_CODE);
    }

    public boolean isConditional() {
        return group.hasCondition();
    }

    public boolean isDetectingEdges() {
        return group.has(FieldRole.EDGE_DETECT);
    }

    public String control() {
        return group.control().name();
    }

    public String bankName() {
        return name;
    }

    public String method(String verb) {
        return counting.names().method(verb, name);
    }

    /** What a control word says of its counter: for each mask of counters, when the counter is in it. */
    public List<SpecialCase> modes() {
        String enabled = group.has(FieldRole.ENABLE) ? "enabled && " : "";
        List<SpecialCase> modes = new ArrayList<>();
        mode(modes, "kernelMode", enabled, FieldRole.KERNEL_MODE);
        mode(modes, "userMode", enabled, FieldRole.USER_MODE);
        mode(modes, "anyThread", "", FieldRole.ANY_THREAD);
        mode(modes, "inTransaction", "", FieldRole.IN_TRANSACTION);
        mode(modes, "checkpointed", "", FieldRole.CHECKPOINTED);
        mode(modes, "asking", "", FieldRole.INTERRUPT_ENABLE);
        return modes;
    }

    private void mode(List<SpecialCase> modes, String mask, String enabled, FieldRole role) {
        if (group.has(role)) {
            modes.add(new SpecialCase(enabled + isSet(role), mask));
        }
    }

    /** Whether the counter is enabled for itself; empty where its modes decide. */
    public String enabled() {
        return group.has(FieldRole.ENABLE) ? isSet(FieldRole.ENABLE) : "";
    }

    /** Whether an event is looked up under its code alone, as a condition over {@code event}; empty if all are. */
    public String usual() {
        return specials().stream().map(special -> special.condition().split(" && ")[0].replace("==", "!=")).distinct().collect(Collectors.joining("\n        && "));
    }

    public List<CounterView> counters() {
        return group.counters().stream().map(counting::view).toList();
    }

    /** The condition that a selector asks for. */
    public String condition() {
        String threshold = group.has(FieldRole.THRESHOLD) ? group.number(FieldRole.THRESHOLD, "selector") : "0";
        return "Condition.of(" + threshold + ", " + isSet(FieldRole.INVERT) + ", " + isSet(FieldRole.EQUAL) + ")";
    }

    private String isSet(FieldRole role) {
        return group.has(role) ? "(selector & " + constant(role) + ") != 0" : "false";
    }

    public String edge() {
        return isSet(FieldRole.EDGE_DETECT);
    }

    /** The bits without which a counter adds up occurrences. */
    public String conditionBits() {
        return List.of(FieldRole.THRESHOLD, FieldRole.EDGE_DETECT).stream().filter(group::has).map(this::constant).collect(Collectors.joining(" | "));
    }

    public String event() {
        String umask = group.has(FieldRole.UNIT_MASK) ? "(int) (" + group.number(FieldRole.UNIT_MASK, "selector") + ")" : "0";
        return "Step.event((int) (" + group.number(FieldRole.EVENT_CODE, "selector") + "), " + umask + ")";
    }

    /** Events that are not to be looked up under their code alone, as conditions over {@code event} and {@code counter}, with their patterns. */
    public List<SpecialCase> specials() {
        List<SpecialCase> specials = new ArrayList<>();
        for (ClockEventModel clock : counting.cpu().clockEvents()) {
            specials.add(new SpecialCase("event == " + HardwareCounting.eventName(clock.code(), clock.umask()), counting.clocks().moving(clock.clock()).map(ClockView::constant).orElse("EVERY_CYCLE")));
        }
        for (ExtraModel extra : counting.cpu().extras()) {
            for (ExtraRow row : extra.rows()) {
                long own = group.counters().stream().mapToLong(HardwareCounter::mask).reduce(0, (a, b) -> a | b);
                String some = (own & ~row.counters()) == 0 ? "" : " && (counter & " + Literals.hex(row.counters() & own) + ") != 0";
                counting.cpu().register(row.register()).ifPresent(register -> specials.add(new SpecialCase("event == " + HardwareCounting.eventName(row.code(), row.umask()) + some,
                        "step.pattern(event, " + counting.names().field(register, 0) + ")")));
            }
        }
        return specials;
    }

    /** Whether some event's pattern depends on the counter. */
    public boolean isLookedUpByCounter() {
        return specials().stream().anyMatch(special -> special.condition().contains("counter"));
    }

    /** Whether an event goes by a clock that moves against the core's, as a condition over {@code event}; empty if none does. */
    public String moves() {
        return counting.cpu().clockEvents().stream().filter(clock -> counting.clocks().moving(clock.clock()).isPresent())
                .map(clock -> "event == " + HardwareCounting.eventName(clock.code(), clock.umask())).collect(Collectors.joining(" || "));
    }
}
