package dev.vpmu.dsl.model.policy;

/**
 * How a host event follows the guest's registers.
 *
 * @param atEntry once before the guest runs again; otherwise at every write
 * @param resuming the event goes on as long as what is counted stays the same; otherwise it is released and created anew
 */
public record Reprogram(boolean atEntry, boolean resuming) {
}
