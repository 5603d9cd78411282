package dev.vpmu.generator.hardware.twin;

/**
 * What RDPMC asks of the CPU's state.
 *
 * @param cpl the ring
 * @param pce CR4.PCE
 * @param pe CR0.PE
 */
record Privilege(int cpl, boolean pce, boolean pe) {

    static final Privilege AFTER_RESET = new Privilege(0, false, false);

    boolean allowsRdpmc() {
        return !pe || cpl == 0 || pce;
    }
}
