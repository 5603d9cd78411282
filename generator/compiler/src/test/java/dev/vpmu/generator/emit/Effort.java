package dev.vpmu.generator.emit;

/** How much random and exhaustive checks do, from {@code vpmu.effort}. */
final class Effort {

    private Effort() {
    }

    static int of(int ci, int full) {
        return "full".equals(System.getProperty("vpmu.effort")) ? full : ci;
    }
}
