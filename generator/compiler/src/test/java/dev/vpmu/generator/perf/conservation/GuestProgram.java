package dev.vpmu.generator.perf.conservation;

/**
 * What a guest writes to a counter and its control.
 *
 * @param what what a selector asks for; a counter without one counts what it always does
 * @param user whether it counts in user mode
 * @param kernel whether it counts in kernel mode
 * @param interrupts whether it asks for a PMI
 * @param distance after how many occurrences it overflows; 0 to begin at 0
 */
record GuestProgram(Askable what, boolean user, boolean kernel, boolean interrupts, long distance) {
}
