package dev.vpmu.dsl.model;

import java.util.List;

/**
 * Which programmable events a row is about.
 *
 * @param codeLow the lowest event code
 * @param codeHigh the highest event code
 * @param umaskMask the bits of the unit mask that are compared
 * @param umaskValue what they must be
 * @param umaskAny masks of which at least one bit each must be set
 * @param umaskSeveral whether more than one bit of the unit mask must be set
 * @param selectorMask further bits of the selector that are compared
 * @param selectorValue what they must be
 * @param preciseLevel the precision that is asked for; 0 for any
 */
public record EventPattern(int codeLow, int codeHigh, int umaskMask, int umaskValue, List<Integer> umaskAny, boolean umaskSeveral,
        long selectorMask, long selectorValue, int preciseLevel) {

    public EventPattern {
        umaskAny = List.copyOf(umaskAny);
    }

    /** Whether an event without a demand for precision matches. */
    public boolean matches(EventEncoding.Programmable event) {
        return codeLow <= event.code() && event.code() <= codeHigh
                && (event.umask() & umaskMask) == umaskValue
                && umaskAny.stream().allMatch(any -> (event.umask() & any) != 0)
                && (!umaskSeveral || Integer.bitCount(event.umask()) > 1)
                && (event.selector() & selectorMask) == selectorValue
                && preciseLevel == 0;
    }
}
