package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.ConstraintModel;
import dev.vpmu.dsl.model.EventPattern;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.PeriodModel;
import dev.vpmu.dsl.pmu.Code;
import dev.vpmu.dsl.pmu.CodeRange;
import dev.vpmu.dsl.pmu.ConstraintRow;
import dev.vpmu.dsl.pmu.PeriodRow;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Turns the patterns of constraint and period rows into masks that a selector word is compared with. */
public final class Patterns {

    private final FlatPmu pmu;

    public Patterns(FlatPmu pmu) {
        this.pmu = pmu;
    }

    List<ConstraintModel> constraints() {
        List<ConstraintModel> constraints = new ArrayList<>();
        List<ConstraintRow> rows = pmu.constraints();
        for (int order = 0; order < rows.size(); order++) {
            ConstraintRow row = rows.get(order);
            for (EventPattern pattern : patterns(row.getPattern())) {
                constraints.add(new ConstraintModel(order, pattern, row.isWithin(), pmu.counters(row.getCounters()), row.isPlain(),
                        row.isExclusive(), paired(row.getPartner()), Origins.of(row)));
            }
        }
        return constraints;
    }

    List<PeriodModel> periods() {
        List<PeriodModel> periods = new ArrayList<>();
        List<PeriodRow> rows = pmu.periods();
        for (int order = 0; order < rows.size(); order++) {
            PeriodRow row = rows.get(order);
            for (EventPattern pattern : patterns(row.getPattern())) {
                periods.add(new PeriodModel(order, pattern, Numbers.of(row.getMinimum()), Numbers.intOf(row.getZeroBits()), Origins.of(row)));
            }
        }
        return periods;
    }

    private OptionalLong paired(Code partner) {
        return partner == null ? OptionalLong.empty() : OptionalLong.of(pmu.selectorLayout()
                .map(layout -> Selectors.eventBits(layout, Numbers.intOf(partner.getEvent()), Numbers.intOf(partner.getUmask()))).orElse(0L));
    }

    /**
     * The pattern once for each of its codes. None where it sets a field that the selectors do not have here: no event can
     * match it.
     */
    public List<EventPattern> patterns(dev.vpmu.dsl.pmu.EventPattern pattern) {
        if (pattern == null || !fieldsExist(pattern)) {
            return List.of();
        }
        if (pattern.isAny()) {
            return List.of(pattern(pattern, 0, Integer.MAX_VALUE, null));
        }
        return pattern.getCodes().stream().map(range -> pattern(pattern, Numbers.intOf(range.getLow()), high(range), range.getUmask())).toList();
    }

    private boolean fieldsExist(dev.vpmu.dsl.pmu.EventPattern pattern) {
        return pattern.getSettings().isEmpty() || pmu.selectorLayout().filter(layout -> pattern.getSettings().stream()
                .allMatch(setting -> Selectors.field(layout, setting, false) != null)).isPresent();
    }

    private static int high(CodeRange range) {
        return range.getHigh() == null ? Numbers.intOf(range.getLow()) : Numbers.intOf(range.getHigh());
    }

    private EventPattern pattern(dev.vpmu.dsl.pmu.EventPattern pattern, int low, int high, Long umask) {
        int whole = pmu.selectorLayout().map(layout -> (int) Bits.mask(0, Math.min(31, layout.roleWidth(FieldRole.UNIT_MASK)))).orElse(0);
        int umaskMask = umask != null ? whole : Numbers.intOf(pattern.getUmaskAll());
        int umaskValue = umask != null ? Numbers.intOf(umask) : umaskMask;
        long selectorMask = pmu.selectorLayout().map(layout -> Selectors.settingsMask(layout, pattern.getSettings())).orElse(0L);
        long selectorValue = pmu.selectorLayout().map(layout -> Selectors.settings(layout, pattern.getSettings(), false, 0)).orElse(0L);
        return new EventPattern(low, high, umaskMask, umaskValue, pattern.getUmaskAny().stream().map(Numbers::intOf).toList(),
                pattern.isUmaskSeveral(), selectorMask, selectorValue, Numbers.intOf(pattern.getPreciseLevel()));
    }
}
