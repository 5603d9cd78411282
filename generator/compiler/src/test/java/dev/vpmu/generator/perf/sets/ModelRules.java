package dev.vpmu.generator.perf.sets;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.ConstraintModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.runtime.perf.EventAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a CPU's text says of an event, row by row, in one state of SMT. */
final class ModelRules {

    private final CpuModel cpu;
    private final boolean smt;
    private final SelectorWord selector;
    private final long counters;
    private final long general;
    private final long withNext;

    /**
     * The rules of a CPU.
     *
     * @param usable the counters that software can make count at all
     */
    ModelRules(CpuModel cpu, boolean smt, long usable) {
        this.cpu = cpu;
        this.smt = smt;
        this.selector = new SelectorWord(cpu);
        counters = cpu.banks().stream().mapToLong(bank -> bank.counters(smt) & usable).reduce(0, (a, b) -> a | b);
        general = selector.bank().counters(smt) & usable;
        withNext = cpu.banks().stream().mapToLong(bank -> bank.counters(smt) & usable).map(bank -> bank & bank >>> 1).reduce(0, (a, b) -> a | b);
    }

    boolean isSmt() {
        return smt;
    }

    SelectorWord selector() {
        return selector;
    }

    /** The counters that exist, and can be used. */
    long counters() {
        return counters;
    }

    /** Those of them that can count what a selector says. */
    long general() {
        return general;
    }

    /** What an event asks for. */
    Demand demand(EventAttributes event) {
        long open = counters & event.counters();
        if (event.precise() > 0) {
            open &= cpu.preciseRecords().map(records -> records.counters()).orElse(0L);
        }
        if (event.onlyCounter() >= 0) {
            return new Demand(event.name(), List.of(new Way(open & 1L << event.onlyCounter(), 0, Optional.empty(), Optional.empty(), 0)), false);
        }
        List<Way> ways = new ArrayList<>();
        Optional<ExtraModel> extra = extra(event.config());
        if (extra.isEmpty()) {
            ways.add(way(event, event.config(), open, Optional.empty()));
        } else {
            ExtraRow own = extra.get().rows().stream().filter(row -> isFor(row, event.config())).findFirst().orElseThrow();
            for (ExtraRow row : extra.get().rows()) {
                if ((row == own || extra.get().interchangeable()) && (event.extra() & ~taken(row)) == 0) {
                    long config = row == own ? event.config() : selector.recoded(event.config(), row.code(), row.umask());
                    ways.add(way(event, config, open & row.counters(), Optional.of(row.register())));
                }
            }
        }
        boolean exclusive = deciding(event.config(), event.precise()).map(ConstraintModel::exclusive).orElse(false);
        return new Demand(event.name(), List.copyOf(ways), exclusive);
    }

    /** The bits that a row lets be set in its register, and that the register takes. */
    private long taken(ExtraRow row) {
        return row.validBits() & cpu.register(row.register()).orElseThrow().writableMaskOfIndex().get(0);
    }

    /**
     * Whether the text is clear about an event: all ways take as many counters, and where one takes two, the second's selector has room for
     * what it is given.
     */
    boolean isClear(EventAttributes event) {
        if (event.onlyCounter() >= 0) {
            return true;
        }
        Optional<Long> partner = deciding(event.config(), event.precise()).flatMap(ModelRules::partner);
        return demand(event).ways().stream().allMatch(way -> way.partner().isPresent() == partner.isPresent()
                && way.partner().map(word -> (general & ~selector.takers(word)) == 0).orElse(true));
    }

    private Way way(EventAttributes event, long config, long open, Optional<String> register) {
        Optional<ConstraintModel> deciding = deciding(config, event.precise());
        long counters = open & deciding.map(ConstraintModel::counters).orElse(selector.programmable());
        for (ConstraintModel row : cpu.constraints()) {
            if (row.within() && matches(row, config, event.precise())) {
                counters &= row.counters();
            }
        }
        Optional<Long> partner = deciding.flatMap(ModelRules::partner);
        if (partner.isPresent()) {
            counters &= withNext;
        }
        counters &= selector.takers(config);
        return new Way(counters, config, partner, register, event.extra());
    }

    private static Optional<Long> partner(ConstraintModel row) {
        return row.pairedSelector().isPresent() ? Optional.of(row.pairedSelector().getAsLong()) : Optional.empty();
    }

    /** The first row that decides; the events of none can be on every counter that has a selector. */
    private Optional<ConstraintModel> deciding(long config, int precise) {
        for (ConstraintModel row : cpu.constraints()) {
            if (!row.within() && matches(row, config, precise)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private boolean matches(ConstraintModel row, long config, int precise) {
        EventPattern pattern = row.pattern();
        int code = selector.number(FieldRole.EVENT_CODE, config);
        if (code < pattern.codeLow() || code > pattern.codeHigh() || row.plain() && !selector.isPlain(config)) {
            return false;
        }
        int umask = selector.number(FieldRole.UNIT_MASK, config);
        for (int any : pattern.umaskAny()) {
            if ((umask & any) == 0) {
                return false;
            }
        }
        return (umask & pattern.umaskMask()) == pattern.umaskValue() && (!pattern.umaskSeveral() || Integer.bitCount(umask) >= 2)
                && (config & pattern.selectorMask()) == pattern.selectorValue()
                && (pattern.preciseLevel() == 0 || pattern.preciseLevel() == precise);
    }

    private Optional<ExtraModel> extra(long config) {
        for (ExtraModel extra : cpu.extras()) {
            for (ExtraRow row : extra.rows()) {
                if (isFor(row, config)) {
                    return Optional.of(extra);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isFor(ExtraRow row, long config) {
        return row.code() == selector.number(FieldRole.EVENT_CODE, config) && row.umask() == selector.number(FieldRole.UNIT_MASK, config);
    }
}
