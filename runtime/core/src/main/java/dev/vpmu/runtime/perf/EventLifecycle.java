package dev.vpmu.runtime.perf;

import dev.vpmu.runtime.perf.PerfEvent.State;
import java.util.List;
import java.util.stream.Stream;

/**
 * What those who own events do to them: opened alone or into a group, enabled, disabled, given another period, closed. An event may be on
 * another CPU than the one that is asked, with its task. (Linux's {@code perf_event_open} and the calls on its descriptor; domain.md §4.1.)
 */
final class EventLifecycle {

    private final PerfCore core;
    private final GroupCheck check;

    EventLifecycle(PerfCore core, GroupCheck check) {
        this.core = core;
        this.check = check;
    }

    /** Opens an event that leads a group. */
    PerfEvent open(EventContext context, EventAttributes attributes, OverflowHandler handler) {
        check.attributes(attributes);
        check.group(List.of(attributes));
        PerfEvent event = new PerfEvent(attributes, handler, context, null);
        context.groups(event).add(event);
        return opened(event);
    }

    /** Opens an event that joins a group. */
    PerfEvent open(PerfEvent leader, EventAttributes attributes, OverflowHandler handler) {
        check.attributes(attributes);
        requireOpen(leader);
        check.member(leader, attributes);
        check.group(Stream.concat(Stream.concat(Stream.of(leader), leader.siblings.stream()).map(PerfEvent::attributes), Stream.of(attributes)).toList());
        PerfEvent event = new PerfEvent(attributes, handler, leader.context, leader);
        leader.siblings.add(event);
        return opened(event);
    }

    private PerfEvent opened(PerfEvent event) {
        core.system.activate(1);
        if (!event.attributes().isDisabled()) {
            enable(event);
        }
        return event;
    }

    /** Closes an event; the members of a group that loses its leader lead themselves. */
    void close(PerfEvent event) {
        requireOpen(event);
        event.isClosed = true;
        PerfCore on = at(event);
        on.disable();
        if (event.isLeader()) {
            event.siblings.forEach(PerfEvent::updateTime);
        }
        takeOff(event, on);
        if (event.isLeader()) {
            event.context.groups(event).remove(event);
            for (PerfEvent sibling : event.siblings) {
                sibling.leader = sibling;
                sibling.context.groups(sibling).add(sibling);
            }
            if (!event.siblings.isEmpty() && event.context.core != null) {
                on.contexts.fillUp();
            }
            event.siblings.clear();
        } else {
            event.leader.siblings.remove(event);
            event.leader = event;
        }
        on.enable();
        core.system.activate(-1);
    }

    /** Enables an event, which makes room for itself if its context is on a CPU. */
    void enable(PerfEvent event) {
        requireOpen(event);
        if (event.state().compareTo(State.INACTIVE) >= 0) {
            return;
        }
        event.state(State.INACTIVE);
        PerfCore on = event.context.core;
        if (on != null && (event.isLeader() || event.leader.state() == State.ACTIVE)) {
            on.contexts.reschedule(event.context, event.leader.attributes().isPinned());
        }
    }

    /** Disables an event. */
    void disable(PerfEvent event) {
        if (event.state().compareTo(State.INACTIVE) < 0) {
            return;
        }
        PerfCore on = at(event);
        on.disable();
        takeOff(event, on);
        on.enable();
    }

    private static void takeOff(PerfEvent event, PerfCore on) {
        if (event.isLeader()) {
            on.contexts.takeOff(event);
        } else {
            on.contexts.takeOffOne(event);
        }
        event.state(State.OFF);
    }

    /** Gives a sampling event another period, which begins now. */
    void setPeriod(PerfEvent event, long period) {
        requireOpen(event);
        check.period(event.attributes(), period);
        PerfCore on = at(event);
        boolean active = event.state() == State.ACTIVE && event.isSeen;
        if (active) {
            on.disable();
            on.periods.unthrottle(event);
            on.running.stop(event, true);
        }
        on.periods.begin(event, period);
        if (active) {
            on.running.start(event, true);
            on.enable();
        }
    }

    private static void requireOpen(PerfEvent event) {
        if (event.isClosed) {
            throw new IllegalStateException(event.name() + " has been closed");
        }
    }

    /** Where the event's context is; here if it is nowhere. */
    private PerfCore at(PerfEvent event) {
        return event.context.core == null ? core : event.context.core;
    }
}
