package dev.vpmu.dsl.model;

/**
 * A programmable event that counts a clock's ticks and not something that happens now and then.
 *
 * @param code the event code
 * @param umask the unit mask
 * @param clock the clock
 */
public record ClockEventModel(int code, int umask, Clock clock) {
}
