package dev.vpmu.dsl.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A family of counters, or of records, that a CPU has.
 *
 * @param name its name
 * @param firstIndex the global index of its counter 0; absent for a bank of records
 * @param rdpmcType the type that selects it in RDPMC's ECX
 * @param width the counters' width in bits; 0 for a bank of records
 * @param present the indexes that exist with SMT on
 * @param presentWithoutSmt the indexes that exist with SMT off; the same where nothing else is said
 */
public record BankModel(String name, OptionalInt firstIndex, OptionalInt rdpmcType, int width, List<Integer> present,
        List<Integer> presentWithoutSmt, Origin origin) {

    public BankModel {
        present = List.copyOf(present);
        presentWithoutSmt = List.copyOf(presentWithoutSmt);
    }

    /** Every index that exists in some state of SMT, ascending. */
    public List<Integer> indexes() {
        return new ArrayList<>(new TreeSet<>(Stream.concat(present.stream(), presentWithoutSmt.stream()).toList()));
    }

    /** The global mask of every counter that exists in some state of SMT; 0 for a bank of records. */
    public long counters() {
        return mask(indexes());
    }

    /** The global mask of the counters that exist with SMT on ({@code smt}) or off. */
    public long counters(boolean smt) {
        return mask(smt ? present : presentWithoutSmt);
    }

    private long mask(List<Integer> indexes) {
        long mask = 0;
        if (firstIndex.isPresent()) {
            for (int index : indexes) {
                mask |= Bits.mask(firstIndex.getAsInt() + index, 1);
            }
        }
        return mask;
    }
}
