package dev.vpmu.generator.hardware.naive;

/** A general-protection fault of the naive model. */
public final class NaiveFault extends Exception {

    private static final long serialVersionUID = 1L;

    NaiveFault() {
        super("#GP", null, false, false);
    }
}
