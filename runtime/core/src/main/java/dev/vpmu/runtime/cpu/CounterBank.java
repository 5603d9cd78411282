package dev.vpmu.runtime.cpu;

/**
 * A family of counters, or of records.
 *
 * @param name its name, {@code gp}
 * @param firstIndex the global index of counter 0: its bit in every mask word; -1 for records
 * @param rdpmcType the type that selects the bank in RDPMC's ECX; -1 if none does
 * @param width the counters' width in bits; 0 for records
 * @param withSmt which indexes exist with SMT on: bit i for index i
 * @param withoutSmt which indexes exist with SMT off
 */
public record CounterBank(String name, int firstIndex, int rdpmcType, int width, long withSmt, long withoutSmt) {

    /** How many there are. */
    public int count(boolean smt) {
        return Long.bitCount(smt ? withSmt : withoutSmt);
    }
}
