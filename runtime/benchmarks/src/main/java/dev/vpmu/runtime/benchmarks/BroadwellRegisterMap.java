package dev.vpmu.runtime.benchmarks;

import java.util.Arrays;

/**
 * Where Broadwell-EP's registers lie: for each address below 0x800 the word that it shows and the rule by which it is written, and
 * for each word the bits that may not be written. With SMT on, what exists without it only is not in the map.
 */
final class BroadwellRegisterMap {

    /** The map is for addresses of so many bits. */
    static final int ADDRESS_BITS = 11;

    // words; counters come first, so that a counter's number is its word
    static final int PMC = 0;
    static final int FIXED_CTR = 8;
    static final int EVENT_SELECT = 11;
    static final int FIXED_CTRL = 19;
    static final int GLOBAL_STATUS = 20;
    static final int GLOBAL_CTRL = 21;
    /** What the overflow control and the VMX capability read, and what an event without extra register has there. */
    static final int ZERO = 22;
    static final int PERF_CAPABILITIES = 23;
    static final int DEBUGCTL = 24;
    static final int MISC_ENABLE = 25;
    static final int OFFCORE_RSP_0 = 26;
    static final int OFFCORE_RSP_1 = 27;
    static final int PEBS_LD_LAT = 28;
    static final int PEBS_ENABLE = 29;
    static final int DS_AREA = 30;
    static final int LBR_SELECT = 31;
    static final int LASTBRANCH_TOS = 32;
    static final int LASTBRANCH_FROM = 33;
    static final int LASTBRANCH_TO = 49;
    static final int WORDS = 65;

    // rules of a write
    static final byte REFUSE = 0;
    static final byte STORE = 1;
    /** As {@link #STORE}, and {@link BroadwellSelectors} has to take it apart. */
    static final byte SELECT = 2;
    static final byte SIGN_EXTEND = 3;
    static final byte TRUNCATE = 4;
    static final byte CLEAR_STATUS = 5;
    static final byte KEEP = 6;
    static final byte CANONICAL = 7;

    static final BroadwellRegisterMap WITH_SMT = new BroadwellRegisterMap(true);
    static final BroadwellRegisterMap WITHOUT_SMT = new BroadwellRegisterMap(false);

    /** The word that an address shows; -1: there is no such register. */
    final byte[] words = new byte[1 << ADDRESS_BITS];
    /** How an address is written. */
    final byte[] rules = new byte[1 << ADDRESS_BITS];
    /** The bits of a word whose writing faults. */
    final long[] forbidden = new long[WORDS];

    private BroadwellRegisterMap(boolean smt) {
        Arrays.fill(words, (byte) -1);
        int counters = smt ? 4 : 8;
        long gp = (1L << counters) - 1;
        array(0x0C1, PMC, counters, SIGN_EXTEND, 0xFFFF_FFFF_FFFFL);
        array(0x4C1, PMC, counters, STORE, 0xFFFF_FFFF_FFFFL);
        array(0x186, EVENT_SELECT, counters, SELECT, 0x1_FFFF_FFFFL);
        single(0x188, EVENT_SELECT + 2, SELECT, 0x3_FFFF_FFFFL);
        array(0x309, FIXED_CTR, 3, TRUNCATE, -1);
        single(0x38D, FIXED_CTRL, SELECT, 0xFFF);
        single(0x38E, GLOBAL_STATUS, REFUSE, 0xE080_0007_0000_0000L | gp);
        single(0x38F, GLOBAL_CTRL, STORE, 0x7_0000_0000L | gp);
        single(0x390, ZERO, CLEAR_STATUS, 0);
        single(0x345, PERF_CAPABILITIES, REFUSE, 0);
        single(0x48F, ZERO, REFUSE, 0);
        single(0x1D9, DEBUGCTL, STORE, 0xFFC3);
        single(0x1A0, MISC_ENABLE, KEEP, 0);
        single(0x1A6, OFFCORE_RSP_0, STORE, -1);
        single(0x1A7, OFFCORE_RSP_1, STORE, -1);
        single(0x3F6, PEBS_LD_LAT, STORE, -1);
        single(0x3F1, PEBS_ENABLE, STORE, -1);
        single(0x600, DS_AREA, CANONICAL, -1);
        single(0x1C8, LBR_SELECT, STORE, -1);
        single(0x1C9, LASTBRANCH_TOS, STORE, -1);
        array(0x680, LASTBRANCH_FROM, 16, STORE, -1);
        array(0x6C0, LASTBRANCH_TO, 16, STORE, -1);
    }

    private void array(int address, int word, int count, byte rule, long writable) {
        for (int i = 0; i < count; i++) {
            single(address + i, word + i, rule, writable);
        }
    }

    private void single(int address, int word, byte rule, long writable) {
        words[address] = (byte) word;
        rules[address] = rule;
        forbidden[word] = ~writable;
    }
}
