package dev.vpmu.dsl.model;

import java.util.OptionalLong;

/**
 * Which counters can hold the events of a pattern.
 *
 * @param order the row's position; a row with several codes has several of these of one order
 * @param pattern the events
 * @param within whether the row narrows what another row allows; otherwise it decides
 * @param counters the counters, as a global mask
 * @param plain whether it is about events without any modifier but user and kernel mode
 * @param exclusive whether the sibling thread must leave the counter alone meanwhile
 * @param pairedSelector the selector's event bits that the next counter is given
 */
public record ConstraintModel(int order, EventPattern pattern, boolean within, long counters, boolean plain, boolean exclusive,
        OptionalLong pairedSelector, Origin origin) {
}
