package dev.vpmu.dsl.model;

import java.util.List;

/** Writes lists of indexes as the language does. */
public final class IndexText {

    private IndexText() {
    }

    /** Ascending numbers, neighbours as ranges: {@code 0..3, 5}. */
    public static String of(List<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        for (int first = 0, last; first < numbers.size(); first = last + 1) {
            last = first;
            while (last + 1 < numbers.size() && numbers.get(last + 1) == numbers.get(last) + 1) {
                last++;
            }
            text.append(text.length() == 0 ? "" : ", ").append(numbers.get(first)).append(last == first ? "" : ".." + numbers.get(last));
        }
        return text.toString();
    }
}
