package dev.vpmu.dsl.model;

/**
 * A value for an extra register.
 *
 * @param extra the extra's name
 * @param register the register that the event's own code uses
 * @param value the value
 */
public record ExtraValue(String extra, String register, long value) {
}
