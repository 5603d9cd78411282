package dev.vpmu.runtime.vpmu;

/**
 * When an event-oriented virtual PMU does what with its host events. (domain.md §5.3, §5.4.)
 *
 * @param deferred whether changes of registers take effect once before the guest runs again; otherwise at every write
 * @param resumes whether an event is paused and resumed as long as what is counted stays the same; otherwise released and created
 * @param rearms whether writing a counter that counts gives its event the new period
 * @param accountsEmulated whether instructions count that the hypervisor carries out
 * @param releasesIdle whether an event is released that was not touched for a whole time slice
 * @param masksLvt whether delivering a PMI masks the virtual LVTPC
 * @param interruptsByIrqWork whether an overflow outside guest mode takes the way through an irq-work
 */
public record EventOrientedDesign(boolean deferred, boolean resumes, boolean rearms, boolean accountsEmulated, boolean releasesIdle,
        boolean masksLvt, boolean interruptsByIrqWork) {

    /** As in Linux when the series was posted. */
    public static EventOrientedDesign synchronous() {
        return new EventOrientedDesign(false, false, false, false, false, false, true);
    }

    /** As in Linux today. */
    public static EventOrientedDesign deferring() {
        return new EventOrientedDesign(true, true, true, true, true, true, false);
    }
}
