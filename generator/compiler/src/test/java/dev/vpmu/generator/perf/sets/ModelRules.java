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
    private final long usable;
    private final SelectorWord selector;

    /**
     * The rules of a CPU.
     *
     * @param usable the counters that software can make count at all
     */
    ModelRules(CpuModel cpu, boolean smt, long usable) {
        this.cpu = cpu;
        this.smt = smt;
        this.usable = usable;
        this.selector = new SelectorWord(cpu);
    }

    boolean isSmt() {
        return smt;
    }

    SelectorWord selector() {
        return selector;
    }

    /** The counters that exist, and can be used. */
    long counters() {
        return cpu.banks().stream().mapToLong(this::counters).reduce(0, (a, b) -> a | b);
    }

    /** Those of them that can count what a selector says. */
    long general() {
        return counters(selector.bank());
    }

    private long counters(BankModel bank) {
        return bank.counters(smt) & usable;
    }

    /** What an event asks for. */
    Demand demand(EventAttributes event) {
        long open = counters() & event.counters();
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
                if ((row == own || extra.get().interchangeable()) && (event.extra() & ~row.validBits()) == 0) {
                    long config = row == own ? event.config() : selector.recoded(event.config(), row.code(), row.umask());
                    ways.add(way(event, config, open & row.counters(), Optional.of(row.register())));
                }
            }
        }
        boolean exclusive = deciding(event.config(), event.precise()).map(ConstraintModel::exclusive).orElse(false);
        return new Demand(event.name(), List.copyOf(ways), exclusive);
    }

    private Way way(EventAttributes event, long config, long open, Optional<String> register) {
        Optional<ConstraintModel> deciding = deciding(config, event.precise());
        long counters = open & deciding.map(ConstraintModel::counters).orElse(selector.bank().counters());
        for (ConstraintModel row : cpu.constraints()) {
            if (row.within() && matches(row, config, event.precise())) {
                counters &= row.counters();
            }
        }
        Optional<Long> partner = deciding.filter(row -> row.pairedSelector().isPresent()).map(row -> row.pairedSelector().getAsLong());
        if (partner.isPresent()) {
            counters &= withNext() & selector.takers(partner.get()) >>> 1;
        }
        counters &= selector.takers(config);
        return new Way(counters, config, partner, register, event.extra());
    }

    /** The counters whose bank has a next one. */
    private long withNext() {
        long counters = 0;
        for (BankModel bank : cpu.banks()) {
            counters |= counters(bank) & counters(bank) >>> 1;
        }
        return counters;
    }

    private Optional<ConstraintModel> deciding(long config, int precise) {
        return cpu.constraints().stream().filter(row -> !row.within() && matches(row, config, precise)).findFirst();
    }

    private boolean matches(ConstraintModel row, long config, int precise) {
        return (!row.plain() || selector.isPlain(config)) && matches(row.pattern(), config, precise);
    }

    private boolean matches(EventPattern pattern, long config, int precise) {
        int code = selector.number(FieldRole.EVENT_CODE, config);
        int umask = selector.number(FieldRole.UNIT_MASK, config);
        for (int any : pattern.umaskAny()) {
            if ((umask & any) == 0) {
                return false;
            }
        }
        return code >= pattern.codeLow() && code <= pattern.codeHigh() && (umask & pattern.umaskMask()) == pattern.umaskValue()
                && (!pattern.umaskSeveral() || Integer.bitCount(umask) >= 2) && (config & pattern.selectorMask()) == pattern.selectorValue()
                && (pattern.preciseLevel() == 0 || pattern.preciseLevel() == precise);
    }

    private Optional<ExtraModel> extra(long config) {
        return cpu.extras().stream().filter(extra -> extra.rows().stream().anyMatch(row -> isFor(row, config))).findFirst();
    }

    private boolean isFor(ExtraRow row, long config) {
        return row.code() == selector.number(FieldRole.EVENT_CODE, config) && row.umask() == selector.number(FieldRole.UNIT_MASK, config);
    }
}
