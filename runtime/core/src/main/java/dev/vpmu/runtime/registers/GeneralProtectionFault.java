package dev.vpmu.runtime.registers;

import java.util.Locale;

/**
 * #GP(0): an access that hardware refuses.
 *
 * <p>Each set of registers has one fault and throws it again and again, without a stack trace, so that a guest's mistakes cost no
 * memory. What it says is about the latest refused access; read it before the next one.
 */
public final class GeneralProtectionFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The instructions that access registers. */
    public enum Access {
        RDMSR, WRMSR, RDPMC
    }

    private Access access;
    private int address;
    private long value;

    /** A fault to be thrown by one set of registers. */
    public GeneralProtectionFault() {
        super(null, null, false, false);
    }

    /** Makes this fault about an access, and returns it to be thrown. */
    public GeneralProtectionFault on(Access refused, int ecx, long edxEax) {
        access = refused;
        address = ecx;
        value = edxEax;
        return this;
    }

    /** The refused instruction. */
    public Access access() {
        return access;
    }

    /** ECX: the register's address, or RDPMC's counter. */
    public int address() {
        return address;
    }

    /** EDX:EAX of a WRMSR; 0 for the others. */
    public long value() {
        return value;
    }

    @Override
    public String getMessage() {
        return access == Access.WRMSR ? String.format(Locale.ROOT, "#GP(0): WRMSR of 0x%X with 0x%X", address, value)
                : String.format(Locale.ROOT, "#GP(0): %s of 0x%X", access, address);
    }
}
