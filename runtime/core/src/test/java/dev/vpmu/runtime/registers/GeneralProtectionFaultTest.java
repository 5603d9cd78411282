package dev.vpmu.runtime.registers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.vpmu.runtime.registers.GeneralProtectionFault.Access;
import org.junit.jupiter.api.Test;

class GeneralProtectionFaultTest {

    private final GeneralProtectionFault fault = new GeneralProtectionFault();

    @Test
    void aRefusedWriteIsToldWithItsRegisterAndItsValue() {
        fault.on(Access.WRMSR, 0x38F, 0xFFFF_FFFF_0000_0000L);
        assertEquals("#GP(0): WRMSR of 0x38F with 0xFFFFFFFF00000000", fault.getMessage());
        assertEquals(Access.WRMSR, fault.access());
        assertEquals(0x38F, fault.address());
        assertEquals(0xFFFF_FFFF_0000_0000L, fault.value());
    }

    @Test
    void aRefusedReadIsToldWithWhatWasInEcx() {
        assertEquals("#GP(0): RDMSR of 0xC0000080", fault.on(Access.RDMSR, 0xC000_0080, 0).getMessage());
        assertEquals("#GP(0): RDPMC of 0x40000003", fault.on(Access.RDPMC, 0x4000_0003, 0).getMessage());
    }

    @Test
    void theSameFaultIsAboutTheLatestAccess() {
        GeneralProtectionFault first = fault.on(Access.WRMSR, 1, 2);
        assertSame(first, fault.on(Access.RDMSR, 3, 0));
        assertEquals("#GP(0): RDMSR of 0x3", first.getMessage());
        assertEquals(0, first.value());
    }

    @Test
    void aFaultCostsNoStackTrace() {
        assertEquals(0, fault.on(Access.RDMSR, 1, 0).fillInStackTrace().getStackTrace().length);
        fault.addSuppressed(new IllegalStateException());
        assertEquals(0, fault.getSuppressed().length);
    }
}
