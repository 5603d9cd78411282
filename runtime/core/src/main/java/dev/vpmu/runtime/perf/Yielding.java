package dev.vpmu.runtime.perf;

/**
 * How host events give way to a reservation. (domain.md §6.7, acquire.)
 *
 * @param looks whether conflicts are looked for at all
 * @param moves whether an event may go on on another counter
 * @param rotates whether flexible events may be made to wait for their turn
 * @param evicts whether pinned events may be put in error; where nothing else is left and it may not be, the reservation is refused
 * @param clearsEnable whether counters that are reserved are disabled in the global control at once
 * @param clearsStatus whether they lose their status bits
 */
public record Yielding(boolean looks, boolean moves, boolean rotates, boolean evicts, boolean clearsEnable, boolean clearsStatus) {

    /** Everything that helps, with a choice for pinned events. */
    public static Yielding with(PinnedChoice choice) {
        return new Yielding(true, true, true, choice == PinnedChoice.EVICT_TO_ERROR, true, true);
    }
}
