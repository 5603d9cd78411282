package dev.vpmu.dsl.model;

/**
 * One event that needs an extra register.
 *
 * @param code the event code
 * @param umask the unit mask
 * @param register the register
 * @param validBits the bits that may be set in it
 * @param counters the counters that the event can use with it, as a global mask; all ones where nothing is said
 */
public record ExtraRow(int code, int umask, String register, long validBits, long counters, Origin origin) {
}
