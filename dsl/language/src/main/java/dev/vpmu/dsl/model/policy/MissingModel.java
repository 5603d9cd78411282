package dev.vpmu.dsl.model.policy;

import dev.vpmu.dsl.model.Origin;

/**
 * An address of an array that the cpu has no counter for and that does not fault all the same: it reads as 0, and writes do nothing.
 *
 * @param address the address
 * @param origin the statement
 */
public record MissingModel(long address, Origin origin) {
}
