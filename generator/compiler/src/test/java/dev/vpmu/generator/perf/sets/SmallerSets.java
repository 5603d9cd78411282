package dev.vpmu.generator.perf.sets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a set smaller that shows something. */
final class SmallerSets {

    private SmallerSets() {
    }

    /** A part of the set that still shows it, and of which no event can be left out; the set itself if it does not show it. */
    static <T> List<T> smallest(List<T> set, Predicate<List<T>> shows) {
        List<T> left = new ArrayList<>(set);
        int at = 0;
        while (at < left.size()) {
            List<T> without = new ArrayList<>(left);
            without.remove(at);
            if (!without.isEmpty() && shows.test(without)) {
                left = without;
                at = 0;
            } else {
                at++;
            }
        }
        return left;
    }
}
