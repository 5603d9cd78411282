package dev.vpmu.dsl.model;

/**
 * One element of a register at its address.
 *
 * @param address the address
 * @param register the register's name
 * @param index the counter's index in the register's bank; 0 for a single register
 * @param withoutSmtOnly whether it exists only with SMT off
 */
public record AddressModel(long address, String register, int index, boolean withoutSmtOnly) {
}
