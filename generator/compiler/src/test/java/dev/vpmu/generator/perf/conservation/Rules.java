package dev.vpmu.generator.perf.conservation;

import dev.vpmu.dsl.model.ClocksModel;
import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.ConstraintModel;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.FixedEventModel;
import dev.vpmu.dsl.model.PeriodModel;
import dev.vpmu.dsl.model.WriteRule;
import dev.vpmu.generator.hardware.naive.NaiveStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a CPU's model says of events, row by row. */
final class Rules {

    private final CpuModel cpu;
    private final EventWord word;
    private final long present;

    Rules(CpuModel cpu, EventWord word, boolean smt) {
        this.cpu = cpu;
        this.word = word;
        this.present = cpu.banks().stream().mapToLong(bank -> bank.counters(smt)).reduce(0, (a, b) -> a | b);
    }

    /** The counters that exist. */
    long present() {
        return present;
    }

    /** The counters that can hold what a selector's word asks for, a global mask; the first row that matches decides, then others narrow it. */
    long allowed(long config) {
        long allowed = cpu.constraints().stream().filter(row -> !row.within() && isAbout(row, config)).findFirst().map(ConstraintModel::counters).orElse(word.counters());
        for (ConstraintModel row : cpu.constraints()) {
            allowed &= row.within() && isAbout(row, config) ? row.counters() : -1;
        }
        return allowed & present & extraRow(config).map(ExtraRow::counters).orElse(-1L);
    }

    private boolean isAbout(ConstraintModel row, long config) {
        return row.pattern().matches(programmable(config)) && (!row.plain() || word.isPlain(config));
    }

    private EventEncoding.Programmable programmable(long config) {
        return new EventEncoding.Programmable(word.code(config), word.umask(config), config);
    }

    /** The smallest period of an event that the CPU takes; 1 if nothing is said. */
    long leastPeriod(long config) {
        return cpu.periods().stream().filter(row -> row.pattern().matches(programmable(config))).findFirst().map((PeriodModel row) -> {
            long step = 1L << row.zeroBits();
            return (Math.max(1, row.minimum()) + step - 1) / step * step;
        }).orElse(1L);
    }

    /* ------------------------------------------------------------- extra registers */

    /** The row of the extra register that an event needs. */
    Optional<ExtraRow> extraRow(long config) {
        return rows(config).stream().findFirst();
    }

    private List<ExtraRow> rows(long config) {
        return cpu.extras().stream().flatMap(extra -> extra.rows().stream()).filter(row -> row.code() == word.code(config) && row.umask() == word.umask(config)).toList();
    }

    /** Whether one row at the most is about an event, and whether the register takes what it is told. */
    boolean isClear(long config) {
        return rows(config).size() <= 1 && alike(config).stream().flatMap(one -> rows(one).stream())
                .allMatch(row -> cpu.register(row.register()).orElseThrow().write() instanceof WriteRule.Checked);
    }

    /** The events that count the same with one value in an extra register, the first one of its group first: itself alone where there are no others. */
    List<NaiveStep.Coded> interchangeable(NaiveStep.Coded event) {
        for (ExtraModel extra : cpu.extras()) {
            if (extra.interchangeable() && extra.rows().stream().anyMatch(row -> row.code() == event.code() && row.umask() == event.umask())) {
                return extra.rows().stream().map(row -> new NaiveStep.Coded(row.code(), row.umask(), event.extra())).toList();
            }
        }
        return List.of(event);
    }

    /* ------------------------------------------------------------- what is counted */

    /** The same event under the codes of all rows that are as good as its own. */
    private List<Long> alike(long config) {
        return interchangeable(new NaiveStep.Coded(word.code(config), word.umask(config), 0)).stream()
                .map(event -> config & ~word.event(-1, -1) | word.event(event.code(), event.umask())).toList();
    }

    /** The counters that can hold an event under the codes of any of the rows that are as good as its own. */
    long allowedInterchangeably(long config) {
        return alike(config).stream().mapToLong(this::allowed).reduce(0, (a, b) -> a | b);
    }

    /** What an event counts on any of its counters; empty if that depends on the counter, or if no counter can hold it. */
    Optional<Kind.Source> source(long config, long extra) {
        Set<Kind.Source> sources = new HashSet<>();
        for (long one : alike(config)) {
            for (long rest = allowed(one); rest != 0; rest &= rest - 1) {
                int counter = Long.numberOfTrailingZeros(rest);
                sources.add((word.counters() >>> counter & 1) != 0 ? selected(one, extra) : ofFixed(counter).orElseThrow());
            }
        }
        return sources.size() == 1 ? Optional.of(sources.iterator().next()) : Optional.empty();
    }

    private Kind.Source selected(long config, long extra) {
        NaiveStep.Coded event = new NaiveStep.Coded(word.code(config), word.umask(config), extraRow(config).isPresent() ? extra : 0);
        return cpu.clockEvents().stream().filter(row -> row.code() == event.code() && row.umask() == event.umask()).findFirst()
                .<Kind.Source>map(row -> ticks(row.clock())).orElseGet(() -> new Kind.Named(interchangeable(event).get(0)));
    }

    /** What a counter counts that has no event code. */
    Optional<Kind.Source> ofFixed(int counter) {
        return cpu.fixedEvents().stream().filter(fixed -> fixed.globalIndex() == counter).findFirst().map(FixedEventModel::event).map(event -> {
            if (event instanceof CountedEvent.Ticks ticks) {
                return ticks(ticks.clock());
            }
            return new Kind.Named(event instanceof CountedEvent.Occurrences coded ? interchangeable(new NaiveStep.Coded(coded.code(), coded.umask(), 0)).get(0)
                    : new NaiveStep.OfCounter(counter));
        });
    }

    /** A clock. */
    Kind.Ticks ticks(Clock clock) {
        return cpu.clocks().map((ClocksModel clocks) -> new Kind.Ticks(clocks.megahertz(clock), clocks.megahertz(Clock.CORE))).orElse(new Kind.Ticks(1, 1));
    }

    /** The kind of an event, with what its modifiers make of it; empty as for {@link #source}. */
    Optional<Kind> kind(long config, long extra) {
        return source(config, extra).map(source -> kind(config, source)).filter(kind -> kind.threshold() == 0 || kind.source() instanceof Kind.Named);
    }

    private Kind kind(long config, Kind.Source source) {
        return new Kind(source, word.of(FieldRole.THRESHOLD, config), word.of(FieldRole.INVERT, config) != 0,
                word.of(FieldRole.EQUAL, config) != 0, word.of(FieldRole.IN_TRANSACTION, config) != 0, word.of(FieldRole.CHECKPOINTED, config) != 0);
    }

    /** The kind of an event on a counter with a selector, whatever the constraints say. */
    Kind kindSelected(long config) {
        return kind(config, selected(config, 0));
    }

    /** Event codes and unit masks that rows of the CPU are about. */
    List<Long> remarkable() {
        List<Long> configs = new ArrayList<>();
        cpu.constraints().stream().map(ConstraintModel::pattern).filter(pattern -> pattern.codeHigh() < 1 << 16 && pattern.selectorMask() == 0)
                .forEach(pattern -> configs.add(word.event(pattern.codeLow(), pattern.umaskValue() | pattern.umaskAny().stream().reduce(0, (a, b) -> a | b))));
        cpu.clockEvents().forEach(row -> configs.add(word.event(row.code(), row.umask())));
        cpu.extras().stream().flatMap(extra -> extra.rows().stream()).forEach(row -> configs.add(word.event(row.code(), row.umask())));
        return configs;
    }
}
