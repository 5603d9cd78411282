package dev.vpmu.dsl.rules.registers;

import dev.vpmu.dsl.model.IndexText;
import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.pmu.Counters;
import dev.vpmu.dsl.pmu.NumberRange;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An array of registers is longer than its bank, than addresses reach, or than the room before another register. */
public final class ArrayRoom implements PmuRule {

    private static final long LAST_ADDRESS = 0xFFFF_FFFFL;
    private static final PmuPackage PMU = PmuPackage.eINSTANCE;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0202", Severity.ERROR,
                "The elements of an array are counters of its bank, and end before other registers and within the 32 bits of an address.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        Map<Register, List<Element>> arrays = new LinkedHashMap<>();
        for (Register register : pmu.registers()) {
            List<Element> elements = Element.of(register, pmu);
            arrays.put(register, elements);
            checkList(register, pmu, findings);
            if (elements.size() > 1 && RegisterFacts.stride(register) == 0) {
                findings.report(Places.of(register, PMU.getRegister_Stride()), "'by 0' puts all elements of '" + register.getName()
                        + "' at one address; leave it out for neighbours, or say how far apart they are");
                arrays.put(register, List.of());
            } else if (!elements.isEmpty() && Long.compareUnsigned(elements.get(elements.size() - 1).address(), LAST_ADDRESS) > 0) {
                Element last = elements.get(elements.size() - 1);
                findings.report(Places.of(register, PMU.getRegister_Address()), last.text() + " would be at " + Numbers.hex(last.address())
                        + "; an address has 32 bits, so " + Numbers.hex(LAST_ADDRESS) + " is the last");
            }
        }
        meetings(arrays, pmu, findings);
    }

    private static void checkList(Register register, FlatPmu pmu, Findings findings) {
        if (register.getOnly().isEmpty() || register.getBank() == null || register.getBank().eIsProxy()) {
            return;
        }
        pmu.knownBank(register.getBank()).ifPresent(bank -> {
            for (NumberRange range : register.getOnly()) {
                List<Integer> missing = new ArrayList<>(Numbers.indexes(List.of(range)));
                missing.removeAll(bank.indexes());
                if (!missing.isEmpty()) {
                    findings.report(Places.of(range), "'" + bank.bank().getName() + "' has no counter " + IndexText.of(missing)
                            + ", only " + IndexText.of(bank.indexes()) + "; limit '" + register.getName() + "' to those",
                            Places.of(bank.declaration()));
                }
            }
        });
    }

    /** Reports, address by address, where an element stands at the place of another register's. */
    private static void meetings(Map<Register, List<Element>> arrays, FlatPmu pmu, Findings findings) {
        List<Element> all = arrays.values().stream().flatMap(List::stream)
                .sorted(Comparator.comparing(Element::address, Long::compareUnsigned)).toList();
        int from = 0;
        for (int to = 1; to <= all.size(); to++) {
            if (to == all.size() || all.get(to).address() != all.get(from).address()) {
                for (int a = from; a < to; a++) {
                    for (int b = a + 1; b < to; b++) {
                        meet(all.get(a), all.get(b), arrays, pmu, findings);
                    }
                }
                from = to;
            }
        }
    }

    private static void meet(Element a, Element b, Map<Register, List<Element>> arrays, FlatPmu pmu, Findings findings) {
        long startOfA = arrays.get(a.register()).get(0).address();
        long startOfB = arrays.get(b.register()).get(0).address();
        if (a.register() == b.register() || startOfA == startOfB || !pmu.together(a.register(), b.register())) {
            return;
        }
        boolean aIsLower = Long.compareUnsigned(startOfA, startOfB) < 0;
        Element array = aIsLower ? a : b;
        Element other = aIsLower ? b : a;
        List<Element> elements = arrays.get(array.register());
        long room = elements.stream().filter(element -> Long.compareUnsigned(element.address(), array.address()) < 0).count();
        String taken = "'" + array.register().getName() + "' has " + elements.size() + " elements up to "
                + Numbers.hex(elements.get(elements.size() - 1).address());
        Counters counters = counters(array, pmu);
        int deepest = Math.max(pmu.depth(array.register()), pmu.depth(other.register()));
        if (counters != null && pmu.depth(counters) > deepest) {
            findings.report(place(counters, array), taken + ", but " + other.text() + " is at " + Numbers.hex(other.address())
                    + ": there is room for " + room, Places.ofName(array.register()));
        } else if (pmu.depth(other.register()) > pmu.depth(array.register())) {
            findings.report(Places.of(other.register(), PMU.getRegister_Address()), other.text() + " is at " + Numbers.hex(other.address())
                    + ", where " + array.text() + " is: " + taken, Places.ofName(array.register()));
        } else {
            findings.report(Places.of(array.register(), PMU.getRegister_Address()), taken + ", but " + other.text() + " is at "
                    + Numbers.hex(other.address()) + ": there is room for " + room, Places.ofName(other.register()));
        }
    }

    /** The statement that makes the array as long as it is. */
    private static Counters counters(Element array, FlatPmu pmu) {
        return array.register().getOnly().isEmpty() && array.register().getBank() != null
                && pmu.bank(array.register().getBank()).map(FlatBank::declaration).orElse(null) instanceof Counters counters
                        ? counters : null;
    }

    private static Place place(Counters counters, Element element) {
        return Numbers.indexes(counters.getIndexes()).contains(element.index()) || counters.getIndexesWithoutSmt() == null
                ? Places.of(counters.getIndexes()) : Places.of(counters.getIndexesWithoutSmt());
    }
}
