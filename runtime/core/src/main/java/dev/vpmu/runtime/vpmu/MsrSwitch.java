package dev.vpmu.runtime.vpmu;

import java.util.Arrays;

/**
 * What of a CPU's registers a VM-entry and a VM-exit load and store by themselves, and which accesses of the guest leave guest mode: the MSR
 * lists, the controls for the global enable register, and the MSR bitmap of a VMCS. As long as nothing is said every access leaves guest
 * mode, and nothing is loaded. (domain.md §2.12.)
 */
public final class MsrSwitch {

    /** What the host's perf does for its own events when guest mode is entered and left. */
    public enum HostPerf {
        /** It stops and starts them by whatever register does so. */
        ALL,
        /** It stops and starts those that no global enable register holds back, by their selectors; the rest is said here. */
        SELECTORS,
        /** Nothing. */
        NOTHING
    }

    /** Writes a register. */
    @FunctionalInterface
    public interface Loader {

        /** Loads a register with a value. */
        void load(int address, long value);
    }

    /** Reads a register. */
    @FunctionalInterface
    public interface Storer {

        /** What a register holds. */
        long store(int address);
    }

    private final Entries controls = new Entries();
    private final Entries lists = new Entries();
    private final Stores savedByControls = new Stores();
    private final Stores storedByList = new Stores();
    private int[] readable = { };
    private int[] writable = { };
    private boolean rdpmcExits = true;
    private HostPerf hostPerf = HostPerf.ALL;

    /**
     * Loads a register with {@code guest} on entry, and with {@code host} on exit, by the dedicated VM-entry and VM-exit controls: before the
     * lists.
     */
    public void control(int address, long guest, long host) {
        controls.put(address, guest, host);
    }

    /** Saves a register on exit by the dedicated VM-exit control: before anything else happens. */
    public void saveByControl(int address) {
        savedByControls.add(address);
    }

    /** Loads a register with {@code guest} on entry, and with {@code host} on exit, by the lists. */
    public void load(int address, long guest, long host) {
        lists.put(address, guest, host);
    }

    /** Stores a register on exit by the list, while it still has the guest's value. */
    public void store(int address) {
        storedByList.add(address);
    }

    /** What the last exit has stored of a register; 0 if none has. */
    public long stored(int address) {
        int saved = savedByControls.indexOf(address);
        return saved >= 0 ? savedByControls.values[saved] : storedByList.get(address);
    }

    /** Loads a register no more, neither on entry nor on exit. */
    public void stopLoading(int address) {
        controls.remove(address);
        lists.remove(address);
    }

    /** Neither loads nor stores a register any more. */
    public void leave(int address) {
        stopLoading(address);
        savedByControls.remove(address);
        storedByList.remove(address);
    }

    /** Whether the guest reads, and writes, a register without leaving guest mode. */
    public void pass(int address, boolean reads, boolean writes) {
        readable = with(readable, address, reads);
        writable = with(writable, address, writes);
    }

    private static int[] with(int[] sorted, int address, boolean contained) {
        int at = Arrays.binarySearch(sorted, address);
        if (at >= 0 == contained) {
            return sorted;
        }
        int[] next = Arrays.copyOf(sorted, sorted.length + (contained ? 1 : -1));
        int place = contained ? -at - 1 : at;
        System.arraycopy(sorted, contained ? place : place + 1, next, contained ? place + 1 : place, next.length - place - (contained ? 1 : 0));
        if (contained) {
            next[place] = address;
        }
        return next;
    }

    /** Whether RDPMC leaves guest mode. */
    public void exitOnRdpmc(boolean exits) {
        rdpmcExits = exits;
    }

    /** What the host's perf does. */
    public void hostPerf(HostPerf next) {
        hostPerf = next;
    }

    /** What the host's perf does; {@link HostPerf#ALL} if nothing is said. */
    public HostPerf hostPerf() {
        return hostPerf;
    }

    /** Whether RDMSR of a register leaves guest mode. */
    public boolean isReadIntercepted(int address) {
        return Arrays.binarySearch(readable, address) < 0;
    }

    /** Whether WRMSR of a register leaves guest mode. */
    public boolean isWriteIntercepted(int address) {
        return Arrays.binarySearch(writable, address) < 0;
    }

    /** Whether RDPMC leaves guest mode. */
    public boolean isRdpmcIntercepted() {
        return rdpmcExits;
    }

    /** What the CPU does when it enters guest mode. */
    public void enter(Loader load) {
        controls.load(load, true);
        lists.load(load, true);
    }

    /** What the CPU does when it leaves guest mode: first it saves and stores, and then it loads. */
    public void exit(Storer store, Loader load) {
        savedByControls.store(store);
        storedByList.store(store);
        controls.load(load, false);
        lists.load(load, false);
    }

    /** Registers in the order in which they were first named. */
    private static class Addresses {

        int[] addresses = new int[2];
        int size;

        int indexOf(int address) {
            for (int i = 0; i < size; i++) {
                if (addresses[i] == address) {
                    return i;
                }
            }
            return -1;
        }

        int place(int address) {
            int at = indexOf(address);
            if (at >= 0) {
                return at;
            }
            if (size == addresses.length) {
                grow(2 * size);
            }
            addresses[size] = address;
            return size++;
        }

        void grow(int length) {
            addresses = Arrays.copyOf(addresses, length);
        }

        void remove(int address) {
            int at = indexOf(address);
            if (at >= 0) {
                size--;
                close(at);
            }
        }

        void close(int gap) {
            System.arraycopy(addresses, gap + 1, addresses, gap, size - gap);
        }
    }

    /** Registers that are loaded. */
    private static final class Entries extends Addresses {

        private long[] guest = new long[2];
        private long[] host = new long[2];

        void put(int address, long onEntry, long onExit) {
            int at = place(address);
            guest[at] = onEntry;
            host[at] = onExit;
        }

        void load(Loader load, boolean entry) {
            for (int i = 0; i < size; i++) {
                load.load(addresses[i], entry ? guest[i] : host[i]);
            }
        }

        @Override
        void grow(int length) {
            super.grow(length);
            guest = Arrays.copyOf(guest, length);
            host = Arrays.copyOf(host, length);
        }

        @Override
        void close(int gap) {
            super.close(gap);
            System.arraycopy(guest, gap + 1, guest, gap, size - gap);
            System.arraycopy(host, gap + 1, host, gap, size - gap);
        }
    }

    /** Registers that are stored, with what was. */
    private static final class Stores extends Addresses {

        private long[] values = new long[2];

        void add(int address) {
            if (indexOf(address) < 0) {
                values[place(address)] = 0;
            }
        }

        long get(int address) {
            int at = indexOf(address);
            return at >= 0 ? values[at] : 0;
        }

        void store(Storer store) {
            for (int i = 0; i < size; i++) {
                values[i] = store.store(addresses[i]);
            }
        }

        @Override
        void grow(int length) {
            super.grow(length);
            values = Arrays.copyOf(values, length);
        }

        @Override
        void close(int gap) {
            super.close(gap);
            System.arraycopy(values, gap + 1, values, gap, size - gap);
        }
    }
}
