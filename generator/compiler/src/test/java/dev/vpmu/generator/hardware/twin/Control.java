package dev.vpmu.generator.hardware.twin;

/**
 * What software tells a counter.
 *
 * @param programmable whether it chooses the event
 * @param code the event code
 * @param umask the unit mask
 * @param user whether it counts outside ring 0
 * @param kernel whether it counts in ring 0
 * @param enabled whether it is enabled by itself
 * @param interrupt whether an overflow asks for a PMI
 * @param anyThread whether it counts what the sibling runs
 * @param edge whether it counts how often the condition begins to hold
 * @param condition threshold, equal and invert as {@link dev.vpmu.runtime.hardware.Condition} packs them
 * @param inTransaction whether it counts in transactions only
 * @param checkpointed whether it does not count in transactions that abort
 * @param userReadDisable whether RDPMC outside ring 0 does not show it
 */
record Control(boolean programmable, int code, int umask, boolean user, boolean kernel, boolean enabled, boolean interrupt, boolean anyThread,
        boolean edge, long condition, boolean inTransaction, boolean checkpointed, boolean userReadDisable) {
}
