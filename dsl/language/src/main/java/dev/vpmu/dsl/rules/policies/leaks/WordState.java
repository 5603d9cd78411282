package dev.vpmu.dsl.rules.policies.leaks;

/** The state of one word, and of the vCPU that may use it. */
final class WordState {

    /** Where the vCPU is; as {@link CounterState.Place}. */
    enum Place {
        GUEST, HOST, PREEMPTED, USER
    }

    final Cell cell;
    Place place = Place.USER;
    /** Whether the guest owns counters. */
    boolean owning;
    /** What VM-exit will load. */
    Content exit = Content.ZERO;

    WordState() {
        this(new Cell());
    }

    private WordState(Cell cell) {
        this.cell = cell;
    }

    WordState copy() {
        WordState copy = new WordState(cell.copy());
        copy.place = place;
        copy.owning = owning;
        copy.exit = exit;
        return copy;
    }

    /** The state as a number; equal for states that go on alike. */
    long key() {
        return ((cell.key() << 2 | place.ordinal()) << 3 | exit.ordinal()) << 1 | (owning ? 1 : 0);
    }
}
