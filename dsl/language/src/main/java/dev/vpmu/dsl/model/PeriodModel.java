package dev.vpmu.dsl.model;

/**
 * The smallest period of the events of a pattern.
 *
 * @param order the row's position
 * @param pattern the events
 * @param minimum the smallest period
 * @param zeroBits how many low bits of a period must be 0
 */
public record PeriodModel(int order, EventPattern pattern, long minimum, int zeroBits, Origin origin) {
}
