package dev.vpmu.runtime.perf;

import dev.vpmu.runtime.perf.PerfEvent.State;
import java.util.List;

/**
 * Which groups of a CPU's context and of its task's are on the PMU: by priority, pinned before flexible and the CPU's before the task's, and
 * flexible ones in turn. (domain.md §4.2.)
 */
final class ContextScheduler {

    private final PerfCore core;
    private final CounterEvents counters;
    private final PlaceFinder places;
    private final EventContext cpu;
    private EventContext task;
    private final PerfEvent[] trial;

    ContextScheduler(PerfCore core, CounterEvents counters, PlaceFinder places) {
        this.core = core;
        this.counters = counters;
        this.places = places;
        this.cpu = EventContext.ofCpu(core);
        this.trial = new PerfEvent[Long.bitCount(core.geometry().counters())];
    }

    EventContext cpu() {
        return cpu;
    }

    EventContext task() {
        return task;
    }

    /* ------------------------------------------------------------- groups */

    /** Puts a group that waits on the PMU, all of it or nothing. */
    private boolean putOn(PerfEvent leader) {
        if (!counters.hasRoomFor(leader)) {
            return false;
        }
        if (leader.siblings.isEmpty()) {
            return putOnOne(leader);
        }
        counters.beginGroup();
        boolean isOn = putOnOne(leader);
        for (int i = 0; i < leader.siblings.size() && isOn; i++) {
            PerfEvent sibling = leader.siblings.get(i);
            isOn = sibling.state() != State.INACTIVE || putOnOne(sibling);
        }
        if (isOn) {
            isOn = counters.endGroup();
        } else {
            counters.cancelGroup();
        }
        if (!isOn) {
            takeOff(leader);
        }
        return isOn;
    }

    private boolean putOnOne(PerfEvent event) {
        if (!counters.add(event)) {
            return false;
        }
        event.state(State.ACTIVE);
        return true;
    }

    /** Takes a group off the PMU; its events wait. */
    void takeOff(PerfEvent leader) {
        for (int i = leader.siblings.size() - 1; i >= 0; i--) {
            takeOffOne(leader.siblings.get(i));
        }
        takeOffOne(leader);
    }

    /** Takes one event off the PMU; it waits. */
    void takeOffOne(PerfEvent event) {
        if (event.state() == State.ACTIVE) {
            counters.remove(event);
            event.state(State.INACTIVE);
        }
    }

    private void takeOff(EventContext context, boolean pinned) {
        takeOff(context.flexible);
        if (pinned) {
            takeOff(context.pinned);
        }
    }

    private void takeOff(List<PerfEvent> leaders) {
        for (int i = leaders.size() - 1; i >= 0; i--) {
            takeOff(leaders.get(i));
        }
    }

    /* ------------------------------------------------------------- by priority */

    private void putOnAll() {
        if (cpu.hasEvents() || task != null && task.hasEvents()) {
            core.observer.passed();
        }
        putOnPinned(cpu);
        if (task != null) {
            putOnPinned(task);
        }
        putOnFlexible(cpu);
        if (task != null) {
            putOnFlexible(task);
        }
    }

    private void putOnPinned(EventContext context) {
        for (int i = 0; i < context.pinned.size(); i++) {
            PerfEvent leader = context.pinned.get(i);
            if (leader.state() == State.INACTIVE && !putOn(leader)) {
                err(leader);
            }
        }
    }

    private void err(PerfEvent leader) {
        leader.state(State.ERROR);
        core.observer.erred(leader);
    }

    private void putOnFlexible(EventContext context) {
        for (int i = 0; i < context.flexible.size(); i++) {
            PerfEvent leader = context.flexible.get(i);
            if (leader.state() == State.INACTIVE && !putOn(leader)) {
                context.rotates = true;
                return;
            }
        }
    }

    /** An event of a context has come or been enabled: whatever has no higher priority makes room and comes back as far as it fits. */
    void reschedule(EventContext context, boolean pinned) {
        core.disable();
        if (task != null) {
            takeOff(task, pinned);
        }
        if (context == cpu) {
            takeOff(cpu, pinned);
        } else if (pinned) {
            takeOff(cpu, false);
        }
        putOnAll();
        core.enable();
    }

    /** The CPU runs a task. */
    void in(EventContext next) {
        core.disable();
        task = next;
        next.in(core);
        if (!next.pinned.isEmpty()) {
            takeOff(cpu, false);
        }
        putOnAll();
        core.enable();
    }

    /** The task leaves the CPU. */
    void out() {
        core.disable();
        takeOff(task, true);
        task.out();
        task = null;
        core.enable();
    }

    /* ------------------------------------------------------------- in turn */

    /** Gives waiting flexible groups their turn. */
    void rotate() {
        PerfEvent ofTask = task != null && task.rotates ? next(task) : null;
        PerfEvent ofCpu = cpu.rotates ? next(cpu) : null;
        if (ofTask == null && ofCpu == null) {
            return;
        }
        core.disable();
        if (task != null) {
            takeOff(task, false);
        }
        if (ofCpu != null) {
            takeOff(cpu, false);
        }
        toEnd(ofTask);
        toEnd(ofCpu);
        putOnAll();
        core.enable();
    }

    /** The first group that is on the PMU; the first one if none is. */
    private static PerfEvent next(EventContext context) {
        context.rotates = false;
        for (int i = 0; i < context.flexible.size(); i++) {
            if (context.flexible.get(i).state() == State.ACTIVE) {
                return context.flexible.get(i);
            }
        }
        return context.flexible.isEmpty() ? null : context.flexible.get(0);
    }

    private static void toEnd(PerfEvent leader) {
        if (leader != null) {
            List<PerfEvent> flexible = leader.context.flexible;
            flexible.remove(leader);
            flexible.add(leader);
        }
    }

    /* ------------------------------------------------------------- giving way */

    /**
     * Fits the events that are on the PMU into the counters that are left: pinned groups go that do not fit with the ones before them, and
     * flexible ones wait, the last ones first, until the others fit.
     *
     * @param reserved the counters that are not to be used
     * @param yielding what they may be made to do
     * @return false if one does not fit, and is not to give way; then nothing has changed
     */
    boolean fit(long reserved, Yielding yielding) {
        int size = counters.size();
        if (size > 0) {
            core.observer.passed();
        }
        for (int i = 0; i < size; i++) {
            trial[i] = counters.get(i);
        }
        while (!places.canPlace(trial, size, reserved)) {
            PerfEvent misfit = pinnedMisfit(size, reserved);
            PerfEvent next = misfit != null ? misfit : lastFlexible(size);
            if (!(misfit != null ? yielding.evicts() : yielding.rotates())) {
                core.observer.refused(next, reserved);
                return false;
            }
            size = without(next, size);
        }
        dropAllBut(size);
        places.commit(trial, size);
        counters.replace();
        return true;
    }

    /** Puts waiting flexible groups on the PMU, as far as there is room. */
    void fillUp() {
        putOnFlexible(cpu);
        if (task != null) {
            putOnFlexible(task);
        }
    }

    /** The leader of the first pinned group on trial that does not fit with the ones before it; null if all of them fit. They come first. */
    private PerfEvent pinnedMisfit(int size, long reserved) {
        for (int i = 0; i < size && trial[i].leader.attributes().isPinned(); i++) {
            if (!places.canPlace(trial, i + 1, reserved)) {
                return trial[i].leader;
            }
        }
        return null;
    }

    /** The leader of the last flexible group on trial. */
    private PerfEvent lastFlexible(int size) {
        for (int i = size - 1; i >= 0; i--) {
            if (!trial[i].leader.attributes().isPinned()) {
                return trial[i].leader;
            }
        }
        throw new IllegalStateException("pinned events that fit do not fit");
    }

    private int without(PerfEvent leader, int size) {
        int left = 0;
        for (int i = 0; i < size; i++) {
            if (trial[i].leader != leader) {
                trial[left++] = trial[i];
            }
        }
        return left;
    }

    private void dropAllBut(int kept) {
        for (int i = counters.size() - 1; i >= 0; i = Math.min(i, counters.size()) - 1) {
            PerfEvent leader = counters.get(i).leader;
            if (!isKept(leader, kept)) {
                takeOff(leader);
                if (leader.attributes().isPinned()) {
                    err(leader);
                } else {
                    leader.context.rotates = true;
                    core.observer.displaced(leader);
                }
            }
        }
    }

    private boolean isKept(PerfEvent leader, int kept) {
        for (int i = 0; i < kept; i++) {
            if (trial[i].leader == leader) {
                return true;
            }
        }
        return false;
    }
}
