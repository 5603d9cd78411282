package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.ConstraintModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.PeriodModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What constraint and period rows say of an event, as statements over {@code config} and {@code precise}. */
public final class HostPerfRules {

    private final CpuNames names;
    private final CpuModel cpu;
    private final Optional<SelectorWord> word;
    private final List<PerfCounter> usable;
    /** The rows that decide, one for each of the file. */
    private final List<List<ConstraintModel>> deciding;

    HostPerfRules(CpuNames names, List<PerfCounter> usable) {
        this.names = names;
        this.cpu = names.cpu();
        this.word = SelectorWord.of(cpu);
        this.usable = usable;
        this.deciding = rows(cpu.constraints().stream().filter(row -> !row.within()).toList(), ConstraintModel::order);
    }

    private static <T> List<List<T>> rows(List<T> patterns, Function<T, Integer> order) {
        return List.copyOf(patterns.stream().collect(Collectors.groupingBy(order, TreeMap::new, Collectors.toList())).values());
    }

    /** Every counter with a selector. */
    private long all() {
        return word.map(selector -> selector.counters(cpu)).orElse(0L);
    }

    /* ------------------------------------------------------------- counters */

    /** Whether what the first row says is narrowed afterwards. */
    public boolean isNarrowed() {
        return !narrowings().isEmpty();
    }

    /** Whether a row decides, of some events at least. */
    public boolean isDecided() {
        return !decisions().equals(List.of("return " + anyCounter() + ";"));
    }

    /** Every counter with a selector, which no row decides about otherwise. */
    public String anyCounter() {
        return Literals.hex(all());
    }

    /** Statements that return the counters of the first row that matches. */
    public List<String> decisions() {
        return Decision.first(decisions(row -> Literals.hex(row.counters())), anyCounter());
    }

    /** The rows that can match, with what each says. */
    private List<Decision> decisions(Function<ConstraintModel, String> result) {
        List<Decision> decisions = new ArrayList<>();
        for (List<ConstraintModel> row : deciding) {
            ConstraintModel one = row.get(0);
            condition(row.stream().map(ConstraintModel::pattern).toList(), one.plain())
                    .ifPresent(condition -> decisions.add(new Decision(condition, text(row), result.apply(one))));
        }
        return decisions;
    }

    private Optional<String> condition(List<EventPattern> patterns, boolean plain) {
        return word.flatMap(selector -> EventCondition.any(selector, patterns, plain));
    }

    private String text(List<ConstraintModel> row) {
        ConstraintModel one = row.get(0);
        return patterns(row.stream().map(ConstraintModel::pattern).toList()) + (one.within() ? " within " : " on ") + names.counters(one.counters())
                + (one.plain() ? " plain" : "") + (one.exclusive() ? " exclusive between threads" : "") + (one.pairedSelector().isPresent() ? ", paired" : "")
                + " (" + CpuNames.link(one.origin()) + ")";
    }

    private String patterns(List<EventPattern> patterns) {
        return word.map(selector -> EventCondition.text(selector, patterns)).orElse("");
    }

    /** Statements that take counters away. */
    public List<String> narrowings() {
        List<String> statements = new ArrayList<>();
        for (List<ConstraintModel> row : rows(cpu.constraints().stream().filter(ConstraintModel::within).toList(), ConstraintModel::order)) {
            condition(row.stream().map(ConstraintModel::pattern).toList(), row.get(0).plain()).ifPresent(condition ->
                    statements.add(new Decision(condition, text(row), "").statement("counters &= " + Literals.hex(row.get(0).counters()) + ";")));
        }
        withoutPlace().forEach((counters, bits) -> {
            if (!isSaid(counters, bits)) {
                statements.add(new Decision("(config & " + Literals.hex(bits) + ") != 0", "bits for which there is no place in the selectors of " + names.counters(counters), "")
                        .statement("counters &= ~" + Literals.hex(counters) + ";"));
            }
        });
        return statements;
    }

    /** The bits of an event that selectors of some counters do not take, by these counters. */
    private Map<Long, Long> withoutPlace() {
        Map<Long, Long> without = new TreeMap<>();
        if (word.isPresent()) {
            for (long rest = word.get().settings(); rest != 0; rest &= rest - 1) {
                long bit = rest & -rest;
                long counters = usable.stream().filter(counter -> counter.isProgrammable() && (counter.writable() & bit) == 0)
                        .mapToLong(PerfCounter::mask).reduce(0, (a, b) -> a | b);
                if (counters != 0) {
                    without.merge(counters, bit, (a, b) -> a | b);
                }
            }
        }
        return without;
    }

    /** Whether a row of the file takes the counters away for each of the bits. */
    private boolean isSaid(long counters, long bits) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            long bit = rest & -rest;
            EventPattern withBit = new EventPattern(0, Integer.MAX_VALUE, 0, 0, List.of(), false, bit, bit, 0);
            if (cpu.constraints().stream().noneMatch(row -> row.within() && !row.plain() && row.pattern().equals(withBit) && (row.counters() & counters) == 0)) {
                return false;
            }
        }
        return true;
    }

    /* ------------------------------------------------------------- traits */

    /** Statements that return the deciding row's traits. */
    public List<String> traits() {
        return Decision.first(decisions(row -> traits(row.counters(), row.exclusive(), row.pairedSelector().isPresent())), traits(all(), false, false));
    }

    private String traits(long counters, boolean isExclusive, boolean isPaired) {
        List<String> traits = new ArrayList<>();
        if (isOverlapping(counters)) {
            traits.add("OVERLAPPING");
        }
        if (isExclusive) {
            traits.add("EXCLUSIVE");
        }
        if (isPaired) {
            traits.add("PAIRED");
        }
        return traits.isEmpty() ? "0" : String.join(" | ", traits);
    }

    private boolean isOverlapping(long counters) {
        return List.of(true, false).stream().anyMatch(smt -> {
            long present = cpu.banks().stream().mapToLong(bank -> bank.counters(smt)).reduce(0, (a, b) -> a | b);
            List<Long> others = new ArrayList<>(deciding.stream().map(row -> row.get(0).counters() & present).toList());
            others.add(all() & present);
            return others.stream().anyMatch(other -> isInTheWay(counters & present, other));
        });
    }

    /** Whether events on {@code own} may take from less constrained ones on {@code other} what they could have left them. */
    private boolean isInTheWay(long own, long other) {
        long fixed = usable.stream().filter(counter -> !counter.isProgrammable()).mapToLong(PerfCounter::mask).reduce(0, (a, b) -> a | b);
        // fixed counters are taken first: those that are nobody else's stand in nobody's way
        long general = (own & other & fixed) == 0 ? own & ~fixed : own;
        return Long.bitCount(other) >= Long.bitCount(own) && (general & other) != 0 && (general & ~other) != 0;
    }

    /** Whether some events take the next counter too. */
    public boolean isPairing() {
        return deciding.stream().anyMatch(row -> row.get(0).pairedSelector().isPresent());
    }

    /** Statements that return what the next counter is given beside a paired event. */
    public List<String> partners() {
        return Decision.first(decisions(row -> row.pairedSelector().isPresent() ? Literals.hex(row.pairedSelector().getAsLong()) : "0"), "0");
    }

    /* ------------------------------------------------------------- periods */

    /** Statements that return the smallest period. */
    public List<String> leastPeriods() {
        return Decision.first(periods(row -> row.minimum() < 0 ? Literals.hex(row.minimum()) : row.minimum() == 0 ? "0" : row.minimum() + "L"), "0");
    }

    /** Statements that return the bits that must be 0 in a period. */
    public List<String> zeroBits() {
        return Decision.first(periods(row -> row.zeroBits() == 0 ? "0" : Literals.hex(Bits.mask(0, row.zeroBits()))), "0");
    }

    private List<Decision> periods(Function<PeriodModel, String> result) {
        List<Decision> periods = new ArrayList<>();
        for (List<PeriodModel> row : rows(cpu.periods(), PeriodModel::order)) {
            List<EventPattern> patterns = row.stream().map(PeriodModel::pattern).toList();
            PeriodModel one = row.get(0);
            condition(patterns, false).ifPresent(condition -> periods.add(new Decision(condition, patterns(patterns) + " at least " + Long.toUnsignedString(one.minimum())
                    + (one.zeroBits() == 0 ? "" : " low " + one.zeroBits() + " bits zero") + " (" + CpuNames.link(one.origin()) + ")", result.apply(one))));
        }
        return periods;
    }

    /* ------------------------------------------------------------- event codes */

    /** Whether some of the statements look at the event code as a number, {@code code}. */
    public boolean isAboutCodes(List<String> statements) {
        return statements.stream().anyMatch(statement -> statement.contains("code >=") || statement.contains("code <="));
    }

    /** The event code in {@code config}. */
    public String code() {
        return word.map(selector -> selector.extracted(FieldRole.EVENT_CODE)).orElse("0");
    }

    /** The event of a deciding row that stands for a fixed counter's own: its selector's bits, if the row has one code and unit mask and allows the counter. */
    Optional<Long> selectorOf(int globalIndex) {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        SelectorWord selector = word.get();
        for (ConstraintModel row : cpu.constraints()) {
            EventPattern pattern = row.pattern();
            boolean isOne = !row.within() && pattern.codeLow() == pattern.codeHigh() && pattern.umaskMask() == selector.wholeUmask() && pattern.umaskAny().isEmpty()
                    && !pattern.umaskSeveral() && pattern.selectorMask() == 0 && pattern.preciseLevel() == 0 && (row.counters() >>> globalIndex & 1) != 0;
            if (isOne && EventCondition.of(selector, pattern, row.plain()).isPresent() && isDecided(row)) {
                return Optional.of(selector.event(pattern.codeLow(), pattern.umaskValue()));
            }
        }
        return Optional.empty();
    }

    /** Whether no row before this one matches its plain event. */
    private boolean isDecided(ConstraintModel row) {
        EventPattern pattern = row.pattern();
        EventEncoding.Programmable event = new EventEncoding.Programmable(pattern.codeLow(), pattern.umaskValue(),
                word.orElseThrow().event(pattern.codeLow(), pattern.umaskValue()));
        return cpu.constraints().stream().filter(other -> !other.within() && other.pattern().matches(event)).findFirst().filter(row::equals).isPresent();
    }
}
