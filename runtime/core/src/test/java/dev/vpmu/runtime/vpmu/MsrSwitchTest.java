package dev.vpmu.runtime.vpmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MsrSwitchTest {

    private static final int GLOBAL_CTRL = 0x38F;
    private static final int PEBS_ENABLE = 0x3F1;

    private final MsrSwitch msrs = new MsrSwitch();
    private final List<String> done = new ArrayList<>();

    private void enter() {
        msrs.enter((address, value) -> done.add("load " + Integer.toHexString(address) + " " + value));
    }

    private void exit(long value) {
        msrs.exit(address -> {
            done.add("store " + Integer.toHexString(address));
            return value;
        }, (address, host) -> done.add("load " + Integer.toHexString(address) + " " + host));
    }

    @Test
    void controlsComeBeforeListsAndStoresBeforeLoads() {
        msrs.load(PEBS_ENABLE, 0, 5);
        msrs.store(PEBS_ENABLE);
        msrs.control(GLOBAL_CTRL, 1, 14);
        msrs.saveByControl(GLOBAL_CTRL);
        enter();
        assertEquals(List.of("load 38f 1", "load 3f1 0"), done);
        done.clear();
        exit(7);
        assertEquals(List.of("store 38f", "store 3f1", "load 38f 14", "load 3f1 5"), done);
        assertEquals(7, msrs.stored(GLOBAL_CTRL));
        assertEquals(7, msrs.stored(PEBS_ENABLE));
    }

    @Test
    void aRegisterThatIsLeftIsLeftByControlsAndListsAlike() {
        msrs.load(PEBS_ENABLE, 0, 5);
        msrs.control(GLOBAL_CTRL, 1, 14);
        msrs.saveByControl(GLOBAL_CTRL);
        msrs.leave(PEBS_ENABLE);
        msrs.leave(GLOBAL_CTRL);
        enter();
        exit(1);
        assertEquals(List.of(), done);
        assertEquals(0, msrs.stored(GLOBAL_CTRL));
    }

    @Test
    void everyAccessIsInterceptedUntilItIsPassed() {
        assertTrue(msrs.isReadIntercepted(GLOBAL_CTRL) && msrs.isWriteIntercepted(GLOBAL_CTRL) && msrs.isRdpmcIntercepted());
        msrs.pass(GLOBAL_CTRL, true, false);
        msrs.exitOnRdpmc(false);
        assertFalse(msrs.isReadIntercepted(GLOBAL_CTRL));
        assertTrue(msrs.isWriteIntercepted(GLOBAL_CTRL));
        assertFalse(msrs.isRdpmcIntercepted());
        msrs.pass(GLOBAL_CTRL, false, true);
        assertTrue(msrs.isReadIntercepted(GLOBAL_CTRL));
        assertFalse(msrs.isWriteIntercepted(GLOBAL_CTRL));
    }
}
