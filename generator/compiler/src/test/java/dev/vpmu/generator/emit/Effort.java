package dev.vpmu.generator.emit;

/** How much random and exhaustive checks do, from {@code vpmu.effort}. */
public final class Effort {

    private Effort() {
    }

    /** {@code ci}, or {@code full} with full effort. */
    public static int of(int ci, int full) {
        return "full".equals(System.getProperty("vpmu.effort")) ? full : ci;
    }
}
