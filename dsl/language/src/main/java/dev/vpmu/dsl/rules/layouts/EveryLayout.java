package dev.vpmu.dsl.rules.layouts;

import dev.vpmu.dsl.pmu.Layout;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.resolve.FlatField;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.LayoutBits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The layouts that a rule looks at: as every pmu has them, then each of the files by itself. */
final class EveryLayout {

    private EveryLayout() {
    }

    static List<LayoutBits> of(List<PmuFile> files, List<FlatPmu> pmus) {
        List<LayoutBits> all = new ArrayList<>();
        for (FlatPmu pmu : pmus) {
            Set<Layout> used = new LinkedHashSet<>();
            pmu.registers().forEach(register -> pmu.layout(register).ifPresent(layout -> used.add(layout.layout())));
            used.forEach(layout -> all.add(new LayoutBits(pmu, pmu.layout(layout))));
        }
        of(files).forEach(layout -> all.add(new LayoutBits(layout)));
        return all;
    }

    static List<Layout> of(List<PmuFile> files) {
        return files.stream().flatMap(file -> file.getElements().stream())
                .filter(Layout.class::isInstance).map(Layout.class::cast).filter(layout -> layout.getName() != null).toList();
    }

    /** Whether the layout brings a field in: what it inherits is reported where it is declared, unless a pmu brings it out. */
    static boolean isOwn(LayoutBits bits, FlatField field) {
        return bits.pmu().isPresent() || field.layout() == bits.layout().layout();
    }
}
