package dev.vpmu.generator.hardware.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random choices that a seed decides. */
final class Draw {

    private final SplittableRandom random;

    Draw(long seed) {
        random = new SplittableRandom(seed);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** One of {@code low} to {@code high}. */
    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    long bits() {
        return random.nextLong();
    }

    /** A number of so many bits. */
    long bits(int width) {
        return width == 0 ? 0 : random.nextLong() >>> Long.SIZE - width;
    }

    <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    <T> List<T> shuffled(List<T> list) {
        List<T> left = new ArrayList<>(list);
        List<T> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(random.nextInt(left.size())));
        }
        return shuffled;
    }

    /** Some of the list, at least one, in its order. */
    <T> List<T> some(List<T> list) {
        T sure = oneOf(list);
        return list.stream().filter(one -> one.equals(sure) || chance(50)).toList();
    }
}
