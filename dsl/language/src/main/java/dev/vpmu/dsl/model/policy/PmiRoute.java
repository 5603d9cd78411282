package dev.vpmu.dsl.model.policy;

/**
 * How a guest's overflow is noticed, and what its delivery does.
 *
 * @param byEvent by the host event that overflowed; otherwise by the callback of a counter that the guest owns
 * @param deferred whether an overflow outside guest mode goes on after the NMI handler only
 * @param masksLvt whether delivering it masks the virtual LVTPC
 */
public record PmiRoute(boolean byEvent, boolean deferred, boolean masksLvt) {
}
