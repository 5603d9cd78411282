package dev.vpmu.dsl.model;

/**
 * The precise (PEBS) records that a CPU writes.
 *
 * @param format their format
 * @param counters the counters that can write them, as a global mask
 * @param distributed those whose records are distributed precisely, as a global mask
 */
public record PreciseRecordsModel(int format, long counters, long distributed, Origin origin) {
}
