package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.Bits;
import dev.vpmu.dsl.model.CpuidWords;
import dev.vpmu.dsl.model.LeafModel;
import dev.vpmu.dsl.pmu.ArchitecturalAttribute;
import dev.vpmu.dsl.pmu.CpuidField;
import dev.vpmu.dsl.pmu.CpuidLeaf;
import dev.vpmu.dsl.pmu.CpuidRegister;
import dev.vpmu.dsl.pmu.Event;
import dev.vpmu.dsl.pmu.EventAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Computes what CPUID answers from the contents that a cpu declares for its leaves. */
public final class LeafResolver {

    private final FlatPmu pmu;

    private LeafResolver(FlatPmu pmu) {
        this.pmu = pmu;
    }

    static List<LeafModel> leaves(FlatPmu pmu) {
        return new LeafResolver(pmu).leaves();
    }

    private List<LeafModel> leaves() {
        TreeMap<Long, List<CpuidField>> byLeaf = new TreeMap<>();
        for (CpuidField field : pmu.cpuidFields()) {
            byLeaf.computeIfAbsent(key((CpuidLeaf) field.eContainer()), key -> new ArrayList<>()).add(field);
        }
        List<LeafModel> leaves = new ArrayList<>();
        byLeaf.forEach((key, fields) -> leaves.add(new LeafModel((int) (key >>> 32), key.intValue(), words(fields, true), words(fields, false))));
        return leaves;
    }

    private static long key(CpuidLeaf leaf) {
        return Numbers.of(leaf.getLeaf()) << 32 | Numbers.of(leaf.getSubleaf()) & 0xFFFF_FFFFL;
    }

    private CpuidWords words(List<CpuidField> fields, boolean smt) {
        int[] words = new int[CpuidRegister.values().length];
        for (CpuidField field : fields) {
            int width = Numbers.high(field.getRange()) - Numbers.low(field.getRange()) + 1;
            words[field.getRegister().ordinal()] |= (int) ((value(pmu, field, smt) & Bits.mask(0, width)) << Numbers.low(field.getRange()));
        }
        return new CpuidWords(words[0], words[1], words[2], words[3]);
    }

    /** What the bits of a leaf are to hold, before it is cut to their width. */
    public static long value(FlatPmu pmu, CpuidField field, boolean smt) {
        if (field.isVersion()) {
            return pmu.version();
        } else if (field.getCapability() != null) {
            return pmu.capabilities().value(field.getCapability());
        } else if (field.getConstant() != null) {
            return field.getConstant();
        } else if (field.isLength()) {
            return architecturalLength(pmu);
        } else if (field.isAbsent()) {
            return absentArchitectural(pmu);
        }
        return pmu.bank(field.getBank()).map(bank -> value(bank, field, smt)).orElse(0L);
    }

    private static long value(FlatBank bank, CpuidField field, boolean smt) {
        List<Integer> indexes = smt ? bank.withSmt() : bank.withoutSmt();
        if (field.isWidth()) {
            return bank.width();
        } else if (field.isNumber()) {
            return indexes.size();
        } else if (field.isLeading()) {
            int leading = 0;
            while (indexes.contains(leading)) {
                leading++;
            }
            return leading;
        }
        return indexes.stream().mapToLong(index -> Bits.mask(index, 1)).reduce(0, (a, b) -> a | b);
    }

    private static int architecturalLength(FlatPmu pmu) {
        return pmu.events().stream().mapToInt(event -> architecturalBit(event) + 1).max().orElse(0);
    }

    private static long absentArchitectural(FlatPmu pmu) {
        long present = 0;
        for (Event event : pmu.events()) {
            int bit = architecturalBit(event);
            if (bit >= 0 && !pmu.hidden().contains(event)) {
                present |= Bits.mask(bit, 1);
            }
        }
        return Bits.mask(0, architecturalLength(pmu)) & ~present;
    }

    /** The bit of leaf 0xA, EBX, that hides the event; -1 if it is not architectural. */
    public static int architecturalBit(Event event) {
        for (EventAttribute attribute : event.getAttributes()) {
            if (attribute instanceof ArchitecturalAttribute architectural) {
                return Numbers.intOf(architectural.getBit());
            }
        }
        return -1;
    }
}
