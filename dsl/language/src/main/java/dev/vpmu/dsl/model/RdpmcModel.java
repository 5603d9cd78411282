package dev.vpmu.dsl.model;

import java.util.Optional;

/**
 * How RDPMC reads ECX.
 *
 * @param type the bits that select a bank; absent where there is one kind of counter only
 * @param index the bits that select the counter
 * @param exitBeforeFault whether a hypervisor's intercept comes before the fault checks
 */
public record RdpmcModel(Optional<BitRange> type, BitRange index, boolean exitBeforeFault, Origin origin) {
}
