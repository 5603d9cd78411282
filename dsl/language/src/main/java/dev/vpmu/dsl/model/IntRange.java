package dev.vpmu.dsl.model;

/**
 * A closed range of numbers.
 *
 * @param low the first
 * @param high the last
 */
public record IntRange(int low, int high) {

    public boolean contains(int number) {
        return low <= number && number <= high;
    }
}
