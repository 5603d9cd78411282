package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.ClockEventModel;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.FixedEventModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the counters of the generated hardware count, as Java expressions over its fields. */
public final class HardwareCounting {

    private final CpuModel cpu;
    private final HardwareNames names;
    private final List<HardwareCounter> counters;
    private final List<ControlGroup> groups;

    HardwareCounting(CpuModel cpu, HardwareNames names) {
        this.cpu = cpu;
        this.names = names;
        this.counters = HardwareCounter.of(cpu);
        this.groups = ControlGroup.of(counters);
    }

    public List<CounterView> counters() {
        return counters.stream().map(CounterView::new).toList();
    }

    public List<GroupView> groups() {
        return groups.stream().map(GroupView::new).toList();
    }

    private ControlGroup group(HardwareCounter counter) {
        return groups.stream().filter(group -> group.counters().contains(counter)).findFirst().orElseThrow();
    }

    /** Whether some counter can detect edges, so that what held in the last cycle has to be remembered. */
    public boolean isDetectingEdges() {
        return groups.stream().anyMatch(group -> group.has(FieldRole.EDGE_DETECT));
    }

    /* ------------------------------------------------------------- clocks */

    /** A clock that ticks at another rate than the core's. */
    public static final class ClockView {

        private final String constant;
        private final String comment;
        private final long ticks;
        private final long cycles;

        ClockView(String constant, String comment, long ticks, long cycles) {
            this.constant = constant;
            this.comment = comment;
            this.ticks = ticks;
            this.cycles = cycles;
        }

        public String constant() {
            return constant;
        }

        public String comment() {
            return comment;
        }

        public long ticks() {
            return ticks;
        }

        public long cycles() {
            return cycles;
        }
    }

    private Optional<ClockView> moving(Clock clock) {
        if (clock == Clock.CORE || cpu.clocks().isEmpty()) {
            return Optional.empty();
        }
        BigInteger ticks = BigInteger.valueOf(cpu.clocks().get().megahertz(clock));
        BigInteger cycles = BigInteger.valueOf(cpu.clocks().get().megahertz(Clock.CORE));
        BigInteger common = ticks.gcd(cycles);
        return ticks.equals(cycles) ? Optional.empty() : Optional.of(new ClockView(names.constant(clock == Clock.TSC ? "TSC_CLOCK" : "BUS_CLOCK"),
                (clock == Clock.TSC ? "The time-stamp counter's" : "The bus's") + " clock in cycles of the core: " + ticks + " to " + cycles + " MHz.",
                ticks.divide(common).longValue(), cycles.divide(common).longValue()));
    }

    private boolean isUsed(Clock clock) {
        return cpu.clockEvents().stream().anyMatch(event -> event.clock() == clock)
                || cpu.fixedEvents().stream().anyMatch(event -> event.event() instanceof CountedEvent.Ticks ticks && ticks.clock() == clock);
    }

    /** The clocks that some counter can count and that are not the core's. */
    public List<ClockView> clocks() {
        List<ClockView> clocks = new ArrayList<>();
        for (Clock clock : Clock.values()) {
            if (isUsed(clock)) {
                moving(clock).ifPresent(clocks::add);
            }
        }
        return clocks;
    }

    /** After so many cycles of the core all its clocks are where they were. */
    public long clockPeriod() {
        return clocks().stream().map(clock -> BigInteger.valueOf(clock.cycles()))
                .reduce(BigInteger.ONE, (a, b) -> a.multiply(b).divide(a.gcd(b))).longValue();
    }

    /** Whether a counter can count every cycle of the core, or of a clock as fast. */
    public boolean isCountingCycles() {
        return cpu.clockEvents().stream().anyMatch(event -> moving(event.clock()).isEmpty())
                || cpu.fixedEvents().stream().anyMatch(event -> event.event() instanceof CountedEvent.Ticks ticks && moving(ticks.clock()).isEmpty());
    }

    /* ------------------------------------------------------------- who counts */

    /** One register's worth of bits over counters: the registers with such fields, and the bits that belong to a counter. */
    private List<RegisterModel> words(RegisterRole role, FieldRole field, HardwareCounter counter) {
        return cpu.registers().stream().filter(register -> register.role() == role && register.aliasOf().isEmpty() && bits(register, field, counter) != 0).toList();
    }

    private long bits(RegisterModel register, FieldRole role, HardwareCounter counter) {
        return register.layout().flatMap(cpu::layout).stream().flatMap(layout -> HardwareCounter.partOf(layout, counter.bank(), counter.index()).stream())
                .filter(field -> field.role() == role).mapToLong(field -> field.maskOf(counter.index())).reduce(0, (a, b) -> a | b);
    }

    /** The register that has every counter's bit at the counter's place in mask words, if that is how it is. */
    private Optional<RegisterModel> maskWord(RegisterRole role, FieldRole field) {
        List<RegisterModel> all = counters.stream().flatMap(counter -> words(role, field, counter).stream()).distinct().toList();
        boolean inPlace = all.size() == 1 && counters.stream().allMatch(counter -> {
            long own = bits(all.get(0), field, counter);
            return own == 0 || own == counter.mask();
        });
        return inPlace ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** What is cut out of the counters that count, {@code & ia32PerfGlobalCtrl}; empty where each counter looks for itself. */
    public String enabled() {
        return maskWord(RegisterRole.ENABLE, FieldRole.ENABLE).map(register -> {
            long ungated = counters.stream().filter(counter -> bits(register, FieldRole.ENABLE, counter) == 0).mapToLong(HardwareCounter::mask).reduce(0, (a, b) -> a | b);
            String word = names.field(register, 0);
            return " & " + (ungated == 0 ? word : "(" + word + " | " + Literals.hex(ungated) + ")");
        }).orElse("");
    }

    /** Whether nothing counts now, {@code (ia32PerfGlobalStatus & 0x0800_0000_0000_0000L) != 0}; empty where nothing freezes counters that way. */
    public String frozen() {
        List<String> frozen = new ArrayList<>();
        for (RegisterModel register : cpu.registers()) {
            long bits = register.role() != RegisterRole.STATUS || register.aliasOf().isPresent() ? 0 : register.layout().flatMap(cpu::layout).stream()
                    .flatMap(layout -> layout.fields(FieldRole.COUNTERS_FROZEN).stream()).mapToLong(field -> field.maskOf(0)).reduce(0, (a, b) -> a | b);
            if (bits != 0) {
                frozen.add("(" + names.field(register, 0) + " & " + Literals.hex(bits) + ") != 0");
            }
        }
        return String.join(" || ", frozen);
    }

    /** How overflows reach the status registers, a statement each. */
    public List<String> reports() {
        Optional<RegisterModel> word = maskWord(RegisterRole.STATUS, FieldRole.OVERFLOW);
        if (word.isPresent() && counters.stream().allMatch(counter -> bits(word.get(), FieldRole.OVERFLOW, counter) != 0)) {
            return List.of(names.field(word.get(), 0) + " |= overflow;");
        }
        return counters.stream().flatMap(counter -> words(RegisterRole.STATUS, FieldRole.OVERFLOW, counter).stream()
                .map(register -> "if ((overflow & " + name(counter) + ") != 0) {\n    " + names.field(register, 0) + " |= "
                        + Literals.hex(bits(register, FieldRole.OVERFLOW, counter)) + ";\n}")).toList();
    }

    private String name(HardwareCounter counter) {
        return names.constant(counter.bank().name() + "_" + counter.index());
    }

    /** Counters that are controlled alike. */
    public final class GroupView {

        private final ControlGroup group;
        private final String name;

        GroupView(ControlGroup group) {
            this.group = group;
            this.name = group.name(groups);
        }

        /** The bits of the roles that decide when and what a counter counts. */
        public List<ConstantView> constants() {
            return List.of(FieldRole.ENABLE, FieldRole.KERNEL_MODE, FieldRole.USER_MODE, FieldRole.ANY_THREAD, FieldRole.IN_TRANSACTION, FieldRole.CHECKPOINTED,
                    FieldRole.INTERRUPT_ENABLE, FieldRole.THRESHOLD, FieldRole.INVERT, FieldRole.EQUAL, FieldRole.EDGE_DETECT).stream().filter(group::has)
                    .map(role -> new ConstantView(constant(role), Literals.hex(group.bits(role)), place() + ": " + role.text() + ".")).toList();
        }

        private String place() {
            return "{@code " + group.control().name() + "}" + (group.control().bank().isPresent() ? "" : ", the part of " + group.counters().get(0).bank().name() + "'s first counter");
        }

        private String constant(FieldRole role) {
            return names.constant(name + "_" + role.name());
        }

        public String interruptEnable() {
            return constant(FieldRole.INTERRUPT_ENABLE);
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

        public String bankName() {
            return name;
        }

        public String method(String verb) {
            return names.method(verb, name);
        }

        /** What must hold of the step for any of the counters to count; empty if nothing must. */
        public String guard() {
            List<String> parts = new ArrayList<>();
            if (!group.has(FieldRole.ANY_THREAD)) {
                parts.add("!ofSibling");
            }
            if (!group.has(FieldRole.KERNEL_MODE)) {
                parts.add("!kernel");
            }
            if (!group.has(FieldRole.USER_MODE)) {
                parts.add("kernel");
            }
            return String.join(" && ", parts);
        }

        /** The bits that a control word must have to count the step. */
        public String required() {
            List<String> bits = new ArrayList<>();
            if (group.has(FieldRole.ENABLE)) {
                bits.add(constant(FieldRole.ENABLE));
            }
            String kernel = group.has(FieldRole.KERNEL_MODE) ? constant(FieldRole.KERNEL_MODE) : "0";
            bits.add("(kernel ? " + kernel + " : " + (group.has(FieldRole.USER_MODE) ? constant(FieldRole.USER_MODE) : "0") + ")");
            if (group.has(FieldRole.ANY_THREAD)) {
                bits.add("(ofSibling ? " + constant(FieldRole.ANY_THREAD) + " : 0)");
            }
            return String.join(" | ", bits);
        }

        /** The bits that it must not have beside them, a line each. */
        public String forbidden() {
            List<String> bits = new ArrayList<>();
            if (group.has(FieldRole.IN_TRANSACTION)) {
                bits.add("(step.transaction() == TransactionState.OUTSIDE ? " + constant(FieldRole.IN_TRANSACTION) + " : 0)");
            }
            if (group.has(FieldRole.CHECKPOINTED)) {
                bits.add("(step.transaction() == TransactionState.ABORTED ? " + constant(FieldRole.CHECKPOINTED) + " : 0)");
            }
            return bits.stream().map(bit -> "\n        | " + bit).collect(Collectors.joining());
        }

        public List<CounterView> counters() {
            return group.counters().stream().map(CounterView::new).toList();
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
        public List<SpecialView> specials() {
            List<SpecialView> specials = new ArrayList<>();
            for (ClockEventModel clock : cpu.clockEvents()) {
                specials.add(new SpecialView("event == " + eventName(clock.code(), clock.umask()), moving(clock.clock()).map(ClockView::constant).orElse("EVERY_CYCLE")));
            }
            for (ExtraModel extra : cpu.extras()) {
                for (ExtraRow row : extra.rows()) {
                    long own = group.counters().stream().mapToLong(HardwareCounter::mask).reduce(0, (a, b) -> a | b);
                    String some = (own & ~row.counters()) == 0 ? "" : " && (counter & " + Literals.hex(row.counters() & own) + ") != 0";
                    cpu.register(row.register()).ifPresent(register -> specials.add(new SpecialView("event == " + eventName(row.code(), row.umask()) + some,
                            "step.pattern(event, " + names.field(register, 0) + ")")));
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
            return cpu.clockEvents().stream().filter(clock -> moving(clock.clock()).isPresent())
                    .map(clock -> "event == " + eventName(clock.code(), clock.umask())).collect(Collectors.joining(" || "));
        }
    }

    /** A named mask. */
    public static final class ConstantView {

        private final String name;
        private final String value;
        private final String comment;

        ConstantView(String name, String value, String comment) {
            this.name = name;
            this.value = value;
            this.comment = comment;
        }

        public String name() {
            return name;
        }

        public String value() {
            return value;
        }

        public String comment() {
            return comment;
        }
    }

    /** An event of its own kind. */
    public static final class SpecialView {

        private final String condition;
        private final String pattern;

        SpecialView(String condition, String pattern) {
            this.condition = condition;
            this.pattern = pattern;
        }

        public String condition() {
            return condition;
        }

        public String pattern() {
            return pattern;
        }
    }

    /** The name of an event in steps of work, as a literal. */
    static String eventName(int code, int umask) {
        return Literals.hex((long) code << Integer.SIZE | umask & Bits.mask(0, Integer.SIZE));
    }

    /** One counter. */
    public final class CounterView {

        private final HardwareCounter counter;
        private final ControlGroup group;

        CounterView(HardwareCounter counter) {
            this.counter = counter;
            this.group = group(counter);
        }

        public String title() {
            return counter.bank().name() + "[" + counter.index() + "]";
        }

        public String name() {
            return HardwareCounting.this.name(counter);
        }

        public String mask() {
            return Literals.hex(counter.mask());
        }

        public String value() {
            return names.field(counter.value(), counter.index());
        }

        public String widthMask() {
            return Literals.hex(Bits.mask(0, counter.bank().width()));
        }

        /** Its control word, moved to where its group looks for the bits. */
        public String control() {
            int shift = group.shiftOf(counter);
            return names.field(counter.control(), group.control().bank().isPresent() ? counter.index() : 0) + (shift == 0 ? "" : " >>> " + shift);
        }

        /** Whether it exists now, {@code !smt && }; empty where its control word is never set while it does not. */
        public String existing() {
            return counter.isWithoutSmtOnly() && group.control().bank().isEmpty() ? "!smt && " : "";
        }

        /** What its own bits in enable registers must be, {@code && …}; empty where a mask word says it for all. */
        public String enabled() {
            if (maskWord(RegisterRole.ENABLE, FieldRole.ENABLE).isPresent()) {
                return "";
            }
            return words(RegisterRole.ENABLE, FieldRole.ENABLE, counter).stream()
                    .map(register -> " && (" + names.field(register, 0) + " & " + Literals.hex(bits(register, FieldRole.ENABLE, counter)) + ") != 0").collect(Collectors.joining());
        }

        public boolean isAskingPossible() {
            return group.has(FieldRole.INTERRUPT_ENABLE);
        }

        /** Whether {@code sum} has left the counter's width. */
        public String carry() {
            int width = counter.bank().width();
            return width >= Long.SIZE ? "Long.compareUnsigned(sum, " + value() + ") < 0" : "sum >>> " + width + " != 0";
        }

        /** What it adds in the cycles. */
        public String added() {
            GroupView own = new GroupView(group);
            String before = own.isDetectingEdges() ? ", before" : "";
            if (group.has(FieldRole.EVENT_CODE)) {
                return own.method("count") + "(" + control() + ", " + name() + before + ", step, from, to)";
            }
            String pattern = pattern();
            String range = isMoving() ? "coreCycle, coreCycle + to - from" : "from, to";
            if (group.hasCondition()) {
                return own.method("add") + "(" + pattern + ", " + control() + ", " + name() + before + ", " + range + ")";
            }
            return pattern.equals("EVERY_CYCLE") ? "to - from" : pattern + ".occurrences(" + range + ")";
        }

        /** The end of the cycle of its overflow; {@code end} if it does not come before. */
        public String reached() {
            GroupView own = new GroupView(group);
            String room = widthMask() + " - " + value();
            if (group.has(FieldRole.EVENT_CODE)) {
                return own.method("reach") + "(" + room + ", " + control() + ", " + name() + ", step, from, end)";
            }
            String pattern = pattern();
            String reached = group.hasCondition() ? own.method("overflow") + "(" + pattern + ", " + room + ", " + control() + ", " + name() + ", " : "overflowEnd(" + pattern + ", " + room + ", ";
            return isMoving() ? reached + "coreCycle, coreCycle + end - from) - coreCycle + from" : reached + "from, end)";
        }

        private CountedEvent event() {
            return cpu.fixedEvents().stream().filter(fixed -> fixed.globalIndex() == counter.globalIndex()).findFirst()
                    .map(FixedEventModel::event).orElse(new CountedEvent.Own(counter.globalIndex()));
        }

        private boolean isMoving() {
            return event() instanceof CountedEvent.Ticks ticks && moving(ticks.clock()).isPresent();
        }

        /** When a counter without a selector counts. */
        private String pattern() {
            CountedEvent event = event();
            if (event instanceof CountedEvent.Ticks ticks) {
                return moving(ticks.clock()).map(ClockView::constant).orElse("EVERY_CYCLE");
            }
            return "step.pattern(" + (event instanceof CountedEvent.Occurrences occurrences ? eventName(occurrences.code(), occurrences.umask())
                    : "Step.eventOfCounter(" + counter.globalIndex() + ")") + ")";
        }

        /** Whether it is in use, as USAGE registers report it. */
        public String used() {
            long bits = group.has(FieldRole.EVENT_CODE) ? counter.bits(FieldRole.EVENT_CODE) : counter.bits(FieldRole.USER_MODE) | counter.bits(FieldRole.KERNEL_MODE);
            return existing() + "(" + names.field(counter.control(), group.control().bank().isPresent() ? counter.index() : 0) + " & " + Literals.hex(bits) + ") != 0";
        }

        /** Its bits in a usage register; 0 where it has none. */
        long usedBits(RegisterModel usage) {
            return bits(usage, FieldRole.IN_USE, counter);
        }
    }
}
