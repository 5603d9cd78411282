package dev.vpmu.generator.perf.generated;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.ConstraintModel;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.PeriodModel;
import dev.vpmu.dsl.model.RegisterModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a CPU's rows say of an event, worked out from the model field by field: nothing is prepared, nothing is combined. */
final class RowsByHand {

    static final int OVERLAPPING = 1;
    static final int EXCLUSIVE = 2;
    static final int PAIRED = 4;

    private final PerfCpu cpu;
    private final List<FieldModel> fields;
    private final Map<Long, Boolean> overlapping = new HashMap<>();

    RowsByHand(PerfCpu cpu) {
        this.cpu = cpu;
        this.fields = cpu.selectorFields();
    }

    /** The number that the fields of a role hold. */
    int number(long config, FieldRole role) {
        long number = 0;
        for (FieldModel field : fields) {
            for (int bit = 0; field.role() == role && bit < field.width(); bit++) {
                number |= (config >>> field.low() + bit & 1) << field.roleLow() + bit;
            }
        }
        return (int) number;
    }

    private boolean isPlain(long config) {
        long event = 0;
        for (FieldModel field : fields) {
            if (field.role() == FieldRole.EVENT_CODE || field.role() == FieldRole.UNIT_MASK) {
                event |= Bits.mask(field.low(), field.width());
            }
        }
        return (config & ~event) == 0;
    }

    boolean matches(EventPattern pattern, long config, int precise) {
        int code = number(config, FieldRole.EVENT_CODE);
        int umask = number(config, FieldRole.UNIT_MASK);
        if (code < pattern.codeLow() || code > pattern.codeHigh() || (umask & pattern.umaskMask()) != pattern.umaskValue()) {
            return false;
        }
        for (int any : pattern.umaskAny()) {
            if ((umask & any) == 0) {
                return false;
            }
        }
        if (pattern.umaskSeveral() && Integer.bitCount(umask) < 2) {
            return false;
        }
        return (config & pattern.selectorMask()) == pattern.selectorValue() && (pattern.preciseLevel() == 0 || pattern.preciseLevel() == precise);
    }

    private boolean matches(ConstraintModel row, long config, int precise) {
        return (!row.plain() || isPlain(config)) && matches(row.pattern(), config, precise);
    }

    /** The row that decides. */
    Optional<ConstraintModel> deciding(long config, int precise) {
        return cpu.model().constraints().stream().sorted(Comparator.comparingInt(ConstraintModel::order)).filter(row -> !row.within() && matches(row, config, precise)).findFirst();
    }

    private long everySelector() {
        return cpu.model().bank(cpu.selectors().bank().orElseThrow()).orElseThrow().counters();
    }

    /** The counters that may count an event, of those that there are. */
    long allowed(long config, int precise, long there) {
        long allowed = deciding(config, precise).map(ConstraintModel::counters).orElse(everySelector());
        for (ConstraintModel row : cpu.model().constraints()) {
            if (row.within() && matches(row, config, precise)) {
                allowed &= row.counters();
            }
        }
        long can = 0;
        for (long rest = allowed & there; rest != 0; rest &= rest - 1) {
            int counter = Long.numberOfTrailingZeros(rest);
            if (cpu.isFixed(counter) || (config & ~cpu.controlWritable(counter)) == 0) {
                can |= rest & -rest;
            }
        }
        return can;
    }

    /* ------------------------------------------------------------- traits */

    int traits(long config, int precise, long fixed) {
        Optional<ConstraintModel> row = deciding(config, precise);
        int traits = row.map(ConstraintModel::exclusive).orElse(false) ? EXCLUSIVE : 0;
        traits |= row.map(ConstraintModel::pairedSelector).filter(partner -> partner.isPresent()).isPresent() ? PAIRED : 0;
        return traits | (overlapping.computeIfAbsent(row.map(ConstraintModel::counters).orElse(everySelector()), counters -> isOverlapping(counters, fixed)) ? OVERLAPPING : 0);
    }

    private static Set<Integer> set(long mask) {
        Set<Integer> set = new TreeSet<>();
        for (int i = 0; i < Long.SIZE; i++) {
            if ((mask >>> i & 1) != 0) {
                set.add(i);
            }
        }
        return set;
    }

    /** Whether, in some state of SMT, other events that are as free or freer may want some of the counters and not all of them. */
    private boolean isOverlapping(long counters, long fixedMask) {
        List<Long> rows = new ArrayList<>(List.of(everySelector()));
        cpu.model().constraints().stream().filter(row -> !row.within()).forEach(row -> rows.add(row.counters()));
        Set<Integer> fixed = set(fixedMask);
        for (boolean smt : new boolean[] {true, false}) {
            long there = cpu.model().banks().stream().mapToLong(bank -> bank.counters(smt)).reduce(0, (a, b) -> a | b);
            for (long row : rows) {
                Set<Integer> own = set(counters & there);
                Set<Integer> other = set(row & there);
                boolean isFreer = other.size() >= own.size();
                Set<Integer> common = new TreeSet<>(own);
                common.retainAll(other);
                if (common.stream().noneMatch(fixed::contains)) {
                    // an own fixed counter is taken before one that somebody else could have
                    own.removeAll(fixed);
                }
                common.retainAll(own);
                if (isFreer && !common.isEmpty() && !other.containsAll(own)) {
                    return true;
                }
            }
        }
        return false;
    }

    long partner(long config, int precise) {
        return deciding(config, precise).map(row -> row.pairedSelector().orElse(0)).orElse(0L);
    }

    /** The row with the smallest period. */
    Optional<PeriodModel> period(long config, int precise) {
        return cpu.model().periods().stream().sorted(Comparator.comparingInt(PeriodModel::order)).filter(row -> matches(row.pattern(), config, precise)).findFirst();
    }

    /* ------------------------------------------------------------- extra registers */

    /** An extra's row, with the numbers that rows have through all extras. */
    record Extra(ExtraModel extra, ExtraRow row, RegisterModel register, int number, int first) {

        int next() {
            int after = number + 1 - first;
            return !extra.interchangeable() ? number : first + (after == extra.rows().size() ? 0 : after);
        }

        boolean isShared() {
            return extra.domain() != Domain.THREAD || register.domain() != Domain.THREAD;
        }
    }

    List<Extra> extras() {
        List<Extra> extras = new ArrayList<>();
        for (ExtraModel extra : cpu.model().extras()) {
            int first = extras.size();
            extra.rows().forEach(row -> extras.add(new Extra(extra, row, cpu.model().register(row.register()).orElseThrow(), extras.size(), first)));
        }
        return extras;
    }

    int extraRow(long config) {
        return extras().stream().filter(extra -> extra.row().code() == number(config, FieldRole.EVENT_CODE) && extra.row().umask() == number(config, FieldRole.UNIT_MASK))
                .mapToInt(Extra::number).findFirst().orElse(-1);
    }
}
