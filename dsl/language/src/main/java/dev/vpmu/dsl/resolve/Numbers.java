package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.IntRange;
import dev.vpmu.dsl.pmu.BitRange;
import dev.vpmu.dsl.pmu.IndexSet;
import dev.vpmu.dsl.pmu.NumberRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Reads the numbers of the syntax tree; one that is absent or was mistyped is 0 here, and is reported elsewhere. */
public final class Numbers {

    /** No set of indexes is longer: mask words have 64 bits, and banks of records stay far below this. */
    static final int MOST_INDEXES = 4096;

    private Numbers() {
    }

    public static long of(Long number) {
        return number == null ? 0 : number;
    }

    /** The number as an {@code int}; the largest {@code int} where it does not fit. */
    public static int intOf(Long number) {
        return intOf(number, 0);
    }

    public static int intOf(Long number, int otherwise) {
        if (number == null) {
            return otherwise;
        }
        return number < 0 || number > Integer.MAX_VALUE ? Integer.MAX_VALUE : number.intValue();
    }

    public static int low(BitRange range) {
        return range == null ? 0 : range.getLow() == null ? intOf(range.getHigh()) : intOf(range.getLow());
    }

    public static int high(BitRange range) {
        return range == null ? 0 : intOf(range.getHigh());
    }

    public static dev.vpmu.dsl.model.BitRange bits(BitRange range) {
        return new dev.vpmu.dsl.model.BitRange(low(range), high(range));
    }

    public static int low(NumberRange range) {
        return intOf(range.getLow());
    }

    public static int high(NumberRange range) {
        return range.getHigh() == null ? intOf(range.getLow()) : intOf(range.getHigh());
    }

    public static List<IntRange> ranges(Collection<NumberRange> ranges) {
        return ranges.stream().map(range -> new IntRange(low(range), high(range))).toList();
    }

    /** Every index that the ranges name, ascending. */
    public static List<Integer> indexes(Collection<NumberRange> ranges) {
        TreeSet<Integer> indexes = new TreeSet<>();
        for (NumberRange range : ranges) {
            for (int index = low(range); index <= high(range) && indexes.size() < MOST_INDEXES; index++) {
                indexes.add(index);
            }
        }
        return new ArrayList<>(indexes);
    }

    public static List<Integer> indexes(IndexSet set) {
        return set == null ? List.of() : indexes(set.getRanges());
    }

    /** A number as the language writes it: {@code 0x4C1}. */
    public static String hex(long number) {
        return "0x" + Long.toHexString(number).toUpperCase(java.util.Locale.ROOT);
    }
}
