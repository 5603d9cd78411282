package dev.vpmu.dsl.model;

import java.util.OptionalInt;

/**
 * The branch records that a CPU keeps.
 *
 * @param bank the bank of records
 * @param depth how many there are
 * @param format their format, as the capabilities register numbers it
 */
public record BranchRecordsModel(String bank, int depth, OptionalInt format, Origin origin) {
}
