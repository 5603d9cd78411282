package dev.vpmu.runtime.vpmu;

import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.ProgrammedCounters;
import dev.vpmu.runtime.vpmu.VcpuPort.EventStep;

/**
 * One counter of a guest, and the host event that counts for it. What the counter holds is what was taken over from events, and beside it what
 * the hypervisor carried out and has not been added yet. (domain.md §5.3, §5.4.)
 */
final class GuestCounter {

    private final EventOrientedDesign design;
    private final VcpuPort vcpu;
    private final ProgrammedCounters guest;
    private final int index;
    private final OverflowHandler handler;
    private PerfEvent event;
    private boolean paused;
    /** The control that the event was created for. */
    private long createdFor;
    private long value;
    /** What of the event's count is in the value. */
    private long taken;
    private long emulated;
    private long remembered;

    /**
     * A counter without an event.
     *
     * @param index its global index
     * @param guest what the guest's registers say of it
     * @param handler hears of its events' overflows
     */
    GuestCounter(EventOrientedDesign design, VcpuPort vcpu, ProgrammedCounters guest, int index, OverflowHandler handler) {
        this.design = design;
        this.vcpu = vcpu;
        this.guest = guest;
        this.index = index;
        this.handler = handler;
    }

    int index() {
        return index;
    }

    /** Its bit in a global mask. */
    long bit() {
        return 1L << index;
    }

    /** The host event; null if it has none. */
    PerfEvent event() {
        return event;
    }

    /** Whether its event is on a counter of the host. */
    boolean isOnCounter() {
        return event != null && event.counter() >= 0;
    }

    /* ------------------------------------------------------------- what it holds */

    /** What the guest reads, as of when it was last {@linkplain #takeOver() taken over}. */
    long held() {
        return value + emulated & guest.mask(index);
    }

    /** Adds what the event has counted since the last time. */
    void takeOver() {
        if (event != null) {
            long count = event.read();
            value = value + count - taken & guest.mask(index);
            taken = count;
        }
    }

    /** The guest has written its register; what the event counted before must have been taken over. */
    void written() {
        value = guest.value(index);
        emulated = 0;
        if (design.rearms() && event != null && !paused) {
            setPeriod();
        }
    }

    /** The hypervisor has carried out one occurrence of what it counts. */
    void emulated() {
        emulated++;
    }

    /** Looks at its control, to say later whether that {@linkplain #isControlChanged() has changed}. */
    void rememberControl() {
        remembered = guest.control(index);
    }

    boolean isControlChanged() {
        return remembered != guest.control(index);
    }

    /* ------------------------------------------------------------- its event */

    /** Stops its event, and adds what was emulated; whether that wrapped. */
    boolean pause() {
        if (event != null && !paused) {
            if (design.resumes()) {
                vcpu.perf().disable(event);
                vcpu.tell(EventStep.PAUSE);
            }
            takeOver();
        }
        paused = true;
        long before = value;
        value = held();
        emulated = 0;
        return Long.compareUnsigned(value, before) < 0;
    }

    /** Has a paused counter count on as its registers say, if it {@code counts} at all; false if the event could not be created. */
    boolean goOn(boolean counts) {
        if (!counts) {
            if (!design.resumes()) {
                release();
            }
            return true;
        }
        if (design.resumes() && createdFor == guest.control(index) && resume()) {
            return true;
        }
        release();
        return create();
    }

    private boolean resume() {
        if (event == null || !setPeriod()) {
            return false;
        }
        vcpu.perf().enable(event);
        paused = false;
        vcpu.tell(EventStep.RESUME);
        return true;
    }

    /** Gives the event what is left to the overflow; false if perf refuses. */
    private boolean setPeriod() {
        if (!event.attributes().isSampling()) {
            return true;
        }
        try {
            vcpu.perf().setPeriod(event, left());
            vcpu.tell(EventStep.PERIOD);
            return true;
        } catch (IllegalArgumentException refused) {
            vcpu.tell(EventStep.REFUSED);
            return false;
        }
    }

    /** How many occurrences there are to the overflow. */
    private long left() {
        long left = -value & guest.mask(index);
        return left == 0 ? guest.mask(index) + 1 : left;
    }

    private boolean create() {
        EventAttributes.Builder asked = guest.asked("guest's " + guest.name(index), index).pinned().excludeIdle().excludeHost();
        if (!guest.isCheckpointed(index)) {
            asked.period(left());
        }
        createdFor = guest.control(index);
        try {
            event = vcpu.perf().open(vcpu.task(), asked.build(), handler);
            taken = 0;
            paused = false;
            vcpu.tell(EventStep.CREATE);
            return true;
        } catch (IllegalArgumentException refused) {
            vcpu.tell(EventStep.REFUSED);
            return false;
        }
    }

    /** Gives up the event; what it has counted since it was last taken over is lost. */
    void release() {
        if (event != null) {
            vcpu.perf().close(event);
            event = null;
            vcpu.tell(EventStep.RELEASE);
        }
    }

    void reset() {
        release();
        value = 0;
        emulated = 0;
        paused = false;
    }
}
