package dev.vpmu.dsl.rules.policies.leaks;

/** The state of one counter, of the vCPU that may own it, and of the host that may use it. */
final class CounterState {

    /** Where the vCPU is. */
    enum Place {
        /** In guest mode. */
        GUEST,
        /** Loaded, and the hypervisor runs. */
        HOST,
        /** Preempted: another thread runs. */
        PREEMPTED,
        /** In user space. */
        USER
    }

    /** What the guest's selector asks for. */
    enum Selected {
        /** Nothing. */
        OFF,
        /** Something, but not to count. */
        IDLE,
        /** To count. */
        SILENT,
        /** To count, and to interrupt at an overflow. */
        INTERRUPTING;

        boolean counts() {
            return this == SILENT || this == INTERRUPTING;
        }
    }

    private static final int PIECES = Piece.values().length;

    private final Cell[] cells = new Cell[PIECES];

    /** Where the vCPU is. */
    Place place = Place.USER;
    /** What the guest has selected. */
    Selected selected = Selected.OFF;
    /** Whether the policy counts the counter among those that the guest owns. */
    boolean owned;
    /** Whether the host of this CPU keeps its hands off it. */
    boolean reserved;
    /** Whether it is to be taken when the vCPU comes back. */
    boolean remembered;
    /** Whether the host's PMI handler of this CPU knows whom to tell. */
    boolean routed;
    /** Whether a host event counts on it. */
    boolean hostCounts;
    /** What VM-exit will load into the enable bit. */
    Content exit = Content.ZERO;
    /** Whether a host event that stands in the way stays. */
    boolean refuses;

    CounterState() {
        for (int i = 0; i < PIECES; i++) {
            cells[i] = new Cell();
        }
    }

    CounterState copy() {
        CounterState copy = new CounterState();
        for (int i = 0; i < PIECES; i++) {
            copy.cells[i] = cells[i].copy();
        }
        copy.place = place;
        copy.selected = selected;
        copy.owned = owned;
        copy.reserved = reserved;
        copy.remembered = remembered;
        copy.routed = routed;
        copy.hostCounts = hostCounts;
        copy.exit = exit;
        return copy;
    }

    Cell cell(Piece piece) {
        return cells[piece.ordinal()];
    }

    /** The host uses the counter: everything in it is its own. */
    void hostUses() {
        for (Cell cell : cells) {
            cell.load(Content.HOST, null);
        }
        hostCounts = true;
    }

    /** The state as a number; equal for states that go on alike. */
    long key() {
        long key = 0;
        for (Cell cell : cells) {
            key = key << 9 | cell.key();
        }
        key = key << 2 | place.ordinal();
        key = key << 2 | selected.ordinal();
        key = key << 3 | exit.ordinal();
        return key << 5 | (owned ? 16 : 0) | (reserved ? 8 : 0) | (remembered ? 4 : 0) | (routed ? 2 : 0) | (hostCounts ? 1 : 0);
    }
}
