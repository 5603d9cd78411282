package dev.vpmu.runtime.hardware;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.registers.CpuidWords;
import dev.vpmu.runtime.registers.GeneralProtectionFault;
import dev.vpmu.runtime.registers.GeneralProtectionFault.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Faults, privilege, siblings and reset. */
class PmuHardwareTest {

    private final TwoCounters pmu = new TwoCounters(true, true);

    /** A PMU of another class: nothing is in it. */
    private static final class NoCounters extends PmuHardware {

        NoCounters(boolean smt) {
            super(smt, true, true, 1);
        }

        boolean withSmt() {
            return smt;
        }

        @Override
        public CpuidWords cpuid(int leaf, int subleaf) {
            return new CpuidWords(leaf, subleaf, 0, 0);
        }

        @Override
        protected void resetRegisters() {
            // it has none
        }

        @Override
        protected long asking() {
            return 0;
        }

        @Override
        protected long count(long times, Step step, long from, long to, boolean ofSibling) {
            return 0;
        }

        @Override
        protected long firstOverflow(long counters, Step step, long from, long to) {
            return to;
        }

        @Override
        protected void report(long overflow) {
            // nothing overflows
        }

        @Override
        public long rdmsr(int address) {
            throw noRead(address);
        }

        @Override
        public void wrmsr(int address, long value) {
            throw noWrite(address, value);
        }

        @Override
        public long rdpmc(int ecx) {
            throw noRdpmc(ecx);
        }
    }

    private static GeneralProtectionFault fault(Executable access) {
        return assertThrows(GeneralProtectionFault.class, access);
    }

    /* ------------------------------------------------------------- faults */

    @Test
    void aReadOfNoRegisterSaysWhich() {
        assertEquals("#GP(0): RDMSR of 0x999", fault(() -> pmu.rdmsr(0x999)).getMessage());
    }

    @Test
    void aWriteOfNoRegisterSaysWhichAndWithWhat() {
        GeneralProtectionFault fault = fault(() -> pmu.wrmsr(0x999, -1L));
        assertEquals("#GP(0): WRMSR of 0x999 with 0xFFFFFFFFFFFFFFFF", fault.getMessage());
        assertEquals(Access.WRMSR, fault.access());
    }

    @Test
    void aRefusedReadDoesNotShowTheValueOfAnEarlierWrite() {
        fault(() -> pmu.wrmsr(0x999, 5));
        assertEquals(0, fault(() -> pmu.rdmsr(0x998)).value());
        fault(() -> pmu.wrmsr(0x999, 5));
        assertEquals(0, fault(() -> pmu.rdpmc(9)).value());
    }

    @Test
    void aPmuThrowsOneFaultAgainAndAgainAndNoOtherPmusFault() {
        GeneralProtectionFault first = fault(() -> pmu.rdmsr(0x999));
        assertSame(first, fault(() -> pmu.wrmsr(0x999, 1)));
        assertSame(first, fault(() -> pmu.rdpmc(2)));
        assertNotSame(first, fault(() -> new TwoCounters(true, true).rdmsr(0x999)));
        assertEquals(0, first.getStackTrace().length);
    }

    @Test
    void aCheckedWriteTakesTheBitsOfItsMaskOnly() {
        pmu.wrmsr(TwoCounters.SHARED, 0xFF);
        assertEquals("#GP(0): WRMSR of 0x1A6 with 0x100", fault(() -> pmu.wrmsr(TwoCounters.SHARED, 0x100)).getMessage());
        fault(() -> pmu.wrmsr(TwoCounters.SHARED, Long.MIN_VALUE | 1));
        assertEquals(0xFF, pmu.rdmsr(TwoCounters.SHARED));
    }

    @Test
    void anAddressIsCanonicalIfItsUpperSeventeenBitsAreAlike() {
        long[] good = {0, 0x0000_7FFF_FFFF_FFFFL, 0xFFFF_8000_0000_0000L, -1L};
        long[] bad = {0x0000_8000_0000_0000L, 0xFFFF_7FFF_FFFF_FFFFL, Long.MIN_VALUE, Long.MAX_VALUE, 0x0001_0000_0000_0000L, 0xFFFE_FFFF_FFFF_FFFFL};
        for (long address : good) {
            pmu.wrmsr(TwoCounters.CANONICAL, address);
            assertEquals(address, pmu.rdmsr(TwoCounters.CANONICAL));
        }
        for (long address : bad) {
            assertEquals(address, fault(() -> pmu.wrmsr(TwoCounters.CANONICAL, address)).value());
            assertEquals(-1L, pmu.rdmsr(TwoCounters.CANONICAL));
        }
    }

    /* ------------------------------------------------------------- privilege */

    @Test
    void rdpmcIsRefusedInProtectedModeOutsideRing0WithoutPceOnly() {
        for (int ring = 0; ring < 4; ring++) {
            for (int bits = 0; bits < 4; bits++) {
                boolean pce = (bits & 1) != 0;
                boolean pe = (bits & 2) != 0;
                pmu.privilege(ring, pce, pe);
                String what = "ring " + ring + " PCE " + pce + " PE " + pe;
                if (pe && ring != 0 && !pce) {
                    assertEquals("#GP(0): RDPMC of 0x0", assertThrows(GeneralProtectionFault.class, () -> pmu.rdpmc(0), what).getMessage());
                } else {
                    assertDoesNotThrow(() -> pmu.rdpmc(0), what);
                }
            }
        }
    }

    @Test
    void rdpmcOfNoCounterIsRefusedInRing0() {
        assertEquals("#GP(0): RDPMC of 0x80000000", fault(() -> pmu.rdpmc(0x8000_0000)).getMessage());
    }

    @Test
    void userModeIsEveryRingButRing0() {
        pmu.counters[1] = 7;
        for (int ring = 0; ring < 4; ring++) {
            pmu.privilege(ring, true, true);
            assertEquals(ring == 0 ? 7 : 0, pmu.rdpmc(1), "ring " + ring);
        }
    }

    @Test
    void afterResetTheCpuIsInRing0AndRdpmcIsAllowed() {
        pmu.counters[1] = 7;
        pmu.privilege(3, true, true);
        pmu.reset();
        pmu.counters[1] = 7;
        assertEquals(7, pmu.rdpmc(1), "as in ring 0");
        pmu.privilege(3, false, true);
        pmu.reset();
        pmu.counters[1] = 7;
        assertEquals(7, pmu.rdpmc(1));
    }

    /* ------------------------------------------------------------- siblings */

    @Test
    void siblingsSeeWhatEitherWritesToARegisterTheyShare() {
        TwoCounters other = new TwoCounters(true, true);
        PmuHardware.pair(pmu, other);
        pmu.wrmsr(TwoCounters.SHARED, 0x22);
        assertEquals(0x22, other.rdmsr(TwoCounters.SHARED));
        other.wrmsr(TwoCounters.SHARED, 0x33);
        assertEquals(0x33, pmu.rdmsr(TwoCounters.SHARED));
    }

    @Test
    void theSecondSiblingTakesTheFirstOnesValues() {
        TwoCounters other = new TwoCounters(true, true);
        pmu.wrmsr(TwoCounters.SHARED, 0x22);
        other.wrmsr(TwoCounters.SHARED, 0x33);
        PmuHardware.pair(pmu, other);
        assertEquals(0x22, other.rdmsr(TwoCounters.SHARED));
        assertEquals(0x22, pmu.rdmsr(TwoCounters.SHARED));
    }

    @Test
    void siblingsKeepApartWhatTheyDoNotShare() {
        TwoCounters other = new TwoCounters(true, true);
        PmuHardware.pair(pmu, other);
        pmu.wrmsr(TwoCounters.COUNTER, 9);
        pmu.lvtpc(PmuHardware.LVTPC_NMI);
        pmu.wrmsr(TwoCounters.SHARED, 0x22);
        assertEquals(0, other.rdmsr(TwoCounters.COUNTER));
        assertEquals(PmuHardware.LVTPC_MASKED, other.lvtpc());
    }

    @Test
    void aRefusedWriteReachesNoSibling() {
        TwoCounters other = new TwoCounters(true, true);
        PmuHardware.pair(pmu, other);
        fault(() -> pmu.wrmsr(TwoCounters.SHARED, 0x100));
        assertEquals(0x11, other.rdmsr(TwoCounters.SHARED));
    }

    @Test
    void resetKeepsThePair() {
        TwoCounters other = new TwoCounters(true, true);
        PmuHardware.pair(pmu, other);
        pmu.reset();
        other.reset();
        pmu.wrmsr(TwoCounters.SHARED, 0x22);
        assertEquals(0x22, other.rdmsr(TwoCounters.SHARED));
    }

    @Test
    void siblingsRunInOneStateOfSmt() {
        assertThrows(IllegalArgumentException.class, () -> PmuHardware.pair(new NoCounters(true), new NoCounters(false)));
    }

    @Test
    void aThreadHasOneSibling() {
        TwoCounters sibling = new TwoCounters(true, true);
        PmuHardware.pair(pmu, sibling);
        PmuHardware.pair(sibling, pmu);
        assertThrows(IllegalStateException.class, () -> PmuHardware.pair(pmu, new TwoCounters(true, true)));
        assertThrows(IllegalStateException.class, () -> PmuHardware.pair(new TwoCounters(true, true), sibling));
    }

    @Test
    void aResetOfWhatIsSharedIsSeenByTheSibling() {
        TwoCounters sibling = new TwoCounters(true, true);
        PmuHardware.pair(pmu, sibling);
        pmu.wrmsr(TwoCounters.SHARED, 0x2A);
        pmu.reset();
        assertEquals(0x11, sibling.rdmsr(TwoCounters.SHARED));
    }

    @Test
    void siblingsAreTwoPmusOfOneCpu() {
        String message = assertThrows(IllegalArgumentException.class, () -> PmuHardware.pair(pmu, pmu)).getMessage();
        assertEquals("siblings are two of one CPU in one state of SMT, not " + pmu + " and " + pmu, message);
        assertThrows(IllegalArgumentException.class, () -> PmuHardware.pair(pmu, new NoCounters(true)));
    }

    /* ------------------------------------------------------------- what a CPU need not say */

    @Test
    void aCpuThatFreezesAndSharesNothingNeedNotSaySo() {
        NoCounters first = new NoCounters(true);
        NoCounters second = new NoCounters(true);
        PmuHardware.pair(first, second);
        first.freeze();
        assertFalse(first.canFreeze());
        first.lvtpc(0);
        assertEquals(10, first.run(Step.of(10).build(), 0));
    }

    @Test
    void aCpuKnowsWhetherSmtIsOn() {
        assertTrue(new NoCounters(true).withSmt());
        assertFalse(new NoCounters(false).withSmt());
    }
}
