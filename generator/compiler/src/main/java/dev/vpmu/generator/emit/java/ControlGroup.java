package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.FieldModel;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counters that are controlled alike: the same roles at the same bits, once a counter's part of a shared register is moved to where counter 0's is. */
final class ControlGroup {

    private final RegisterModel control;
    private final List<HardwareCounter> counters;
    private final Map<FieldRole, List<FieldModel>> fields = new LinkedHashMap<>();

    private ControlGroup(RegisterModel control, List<HardwareCounter> counters) {
        this.control = control;
        this.counters = List.copyOf(counters);
        for (HardwareCounter counter : counters) {
            for (FieldModel field : counter.fields()) {
                List<FieldModel> known = fields.computeIfAbsent(field.role(), role -> new ArrayList<>());
                if (!known.contains(field)) {
                    known.add(field);
                }
            }
        }
        fields.values().forEach(list -> list.sort(Comparator.comparing(FieldModel::roleLow)));
    }

    /** The groups of some counters, by their first counter. */
    static List<ControlGroup> of(List<HardwareCounter> counters) {
        Map<RegisterModel, List<HardwareCounter>> byControl = new LinkedHashMap<>();
        counters.forEach(counter -> byControl.computeIfAbsent(counter.control(), control -> new ArrayList<>()).add(counter));
        List<ControlGroup> groups = new ArrayList<>();
        byControl.forEach((control, members) -> {
            Function<HardwareCounter, List<String>> shape = isHarmless(control, members) ? HardwareCounter::necessities : HardwareCounter::shape;
            members.stream().collect(Collectors.groupingBy(shape, LinkedHashMap::new, Collectors.toList()))
                    .forEach((key, alike) -> groups.add(new ControlGroup(control, alike)));
        });
        return groups;
    }

    /** Whether elements of an array can be looked at alike although some lack optional fields: what they lack is never set in them. */
    private static boolean isHarmless(RegisterModel control, List<HardwareCounter> members) {
        return control.bank().isPresent() && members.stream().allMatch(counter -> (control.resetValue()
                & ~control.writableMaskOfIndex().get(control.indexes().indexOf(counter.index()))) == 0);
    }

    RegisterModel control() {
        return control;
    }

    List<HardwareCounter> counters() {
        return counters;
    }

    /** The name that tells the group's members from other groups': the bank's, with the first index where the bank has several groups. */
    String name(List<ControlGroup> all) {
        HardwareCounter first = counters.get(0);
        boolean only = all.stream().filter(group -> group.counters.get(0).bank().equals(first.bank())).count() == 1;
        return first.bank().name() + (only ? "" : "_" + first.index());
    }

    boolean has(FieldRole role) {
        return fields.containsKey(role);
    }

    /** Whether its counters can ask for more than the sum of occurrences. */
    boolean hasCondition() {
        return has(FieldRole.THRESHOLD) || has(FieldRole.EDGE_DETECT);
    }

    /** The bits with a role, where {@link #shiftOf} moves them. */
    long bits(FieldRole role) {
        return fields.getOrDefault(role, List.of()).stream().mapToLong(field -> Bits.mask(low(field), field.width())).reduce(0, (a, b) -> a | b);
    }

    /** How far the control word is to be moved right for one of its counters. */
    int shiftOf(HardwareCounter counter) {
        return counters.size() == 1 ? 0 : counter.partOffset();
    }

    private int low(FieldModel field) {
        return field.lowOf(counters.get(0).index()) - shiftOf(counters.get(0));
    }

    /** The number that the fields with a role hold in {@code word}, as a Java expression that binds like {@code |}. */
    String number(FieldRole role, String word) {
        return fields.getOrDefault(role, List.of()).stream().map(field -> {
            String shifted = low(field) == 0 ? word : word + " >>> " + low(field);
            String part = shifted + " & " + Literals.hex(Bits.mask(0, field.width()));
            return field.roleLow() == 0 ? part : "(" + part + ") << " + field.roleLow();
        }).collect(Collectors.joining(" | "));
    }
}
