package dev.vpmu.runtime.registers;

/**
 * The local APIC's entry LVTPC, through which performance-monitoring interrupts go: of a physical CPU, or of the one that a hypervisor
 * shows to a guest. (SDM vol. 3, 11.5.1.)
 */
public interface LvtEntry {

    /** LVTPC's mask bit. */
    int LVTPC_MASKED = 1 << 16;
    /** LVTPC with delivery as an NMI, unmasked. */
    int LVTPC_NMI = 0x400;

    /** The entry: vector [7:0], delivery mode [10:8], mask [16]. */
    int lvtpc();

    /** Writes LVTPC; bits that it does not have are dropped. Unmasking it brings back no request that was lost. */
    void lvtpc(int entry);
}
