package dev.vpmu.runtime.vpmu;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntToLongFunction;

/**
 * What of a CPU's registers a VM-entry and a VM-exit load and store by themselves, and which accesses of the guest leave guest mode: the MSR
 * lists, the controls for the global enable register, and the MSR bitmap of a VMCS. As long as nothing is said every access leaves guest
 * mode, and nothing is loaded. (domain.md §2.12.)
 */
public final class MsrSwitch {

    private final Map<Integer, Long> entryControls = new LinkedHashMap<>();
    private final Map<Integer, Long> exitControls = new LinkedHashMap<>();
    private final Map<Integer, Long> savedByControls = new LinkedHashMap<>();
    private final Map<Integer, Long> entryLoads = new LinkedHashMap<>();
    private final Map<Integer, Long> exitLoads = new LinkedHashMap<>();
    private final Map<Integer, Long> exitStores = new LinkedHashMap<>();
    private final Set<Integer> readable = new LinkedHashSet<>();
    private final Set<Integer> writable = new LinkedHashSet<>();
    private boolean rdpmcExits = true;

    /**
     * Loads a register with {@code guest} on entry, and with {@code host} on exit, by the dedicated VM-entry and VM-exit controls: before the
     * lists.
     */
    public void control(int address, long guest, long host) {
        entryControls.put(address, guest);
        exitControls.put(address, host);
    }

    /** Saves a register on exit by the dedicated VM-exit control: before anything else happens. */
    public void saveByControl(int address) {
        savedByControls.putIfAbsent(address, 0L);
    }

    /** Loads a register with {@code guest} on entry, and with {@code host} on exit, by the lists. */
    public void load(int address, long guest, long host) {
        entryLoads.put(address, guest);
        exitLoads.put(address, host);
    }

    /** Stores a register on exit by the list, while it still has the guest's value. */
    public void store(int address) {
        exitStores.putIfAbsent(address, 0L);
    }

    /** What the last exit has stored of a register; 0 if none has. */
    public long stored(int address) {
        return savedByControls.containsKey(address) ? savedByControls.get(address) : exitStores.getOrDefault(address, 0L);
    }

    /** Neither loads nor stores a register any more. */
    public void leave(int address) {
        entryControls.remove(address);
        exitControls.remove(address);
        savedByControls.remove(address);
        entryLoads.remove(address);
        exitLoads.remove(address);
        exitStores.remove(address);
    }

    /** Whether the guest reads, and writes, a register without leaving guest mode. */
    public void pass(int address, boolean reads, boolean writes) {
        set(readable, address, reads);
        set(writable, address, writes);
    }

    private static void set(Set<Integer> addresses, int address, boolean contained) {
        if (contained) {
            addresses.add(address);
        } else {
            addresses.remove(address);
        }
    }

    /** Whether RDPMC leaves guest mode. */
    public void exitOnRdpmc(boolean exits) {
        rdpmcExits = exits;
    }

    /** Whether RDMSR of a register leaves guest mode. */
    public boolean isReadIntercepted(int address) {
        return !readable.contains(address);
    }

    /** Whether WRMSR of a register leaves guest mode. */
    public boolean isWriteIntercepted(int address) {
        return !writable.contains(address);
    }

    /** Whether RDPMC leaves guest mode. */
    public boolean isRdpmcIntercepted() {
        return rdpmcExits;
    }

    /** What the CPU does when it enters guest mode. */
    public void enter(BiConsumer<Integer, Long> load) {
        entryControls.forEach(load);
        entryLoads.forEach(load);
    }

    /** What the CPU does when it leaves guest mode: first it saves and stores, and then it loads. */
    public void exit(IntToLongFunction store, BiConsumer<Integer, Long> load) {
        savedByControls.replaceAll((address, before) -> store.applyAsLong(address));
        exitStores.replaceAll((address, before) -> store.applyAsLong(address));
        exitControls.forEach(load);
        exitLoads.forEach(load);
    }
}
