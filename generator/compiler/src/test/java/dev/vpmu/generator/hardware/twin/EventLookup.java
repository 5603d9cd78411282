package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.ExtraModel;
import dev.vpmu.dsl.model.ExtraRow;
import dev.vpmu.runtime.hardware.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which event of a step a counter counts. */
final class EventLookup {

    private record NeedsExtra(long event, long counters, Word register) {
    }

    private final CoreTime time;
    private final Map<Long, Clock> clockEvents = new HashMap<>();
    private final Map<Integer, CountedEvent> fixedEvents = new HashMap<>();
    private final List<NeedsExtra> extras = new ArrayList<>();

    EventLookup(CpuModel cpu, RegisterFile registers, CoreTime time) {
        this.time = time;
        cpu.clockEvents().forEach(event -> clockEvents.put(Step.event(event.code(), event.umask()), event.clock()));
        cpu.fixedEvents().forEach(fixed -> fixedEvents.put(fixed.globalIndex(), fixed.event()));
        for (ExtraModel extra : cpu.extras()) {
            for (ExtraRow row : extra.rows()) {
                extras.add(new NeedsExtra(Step.event(row.code(), row.umask()), row.counters(), registers.word(row.register())));
            }
        }
    }

    /** When the counter's event occurs in a step whose cycle {@code at} is the next one. */
    OccurrencePattern of(CounterPlace counter, Control control, Step step, long at) {
        if (!control.programmable()) {
            return fixed(fixedEvents.get(counter.globalIndex()), step, at);
        }
        long event = Step.event(control.code(), control.umask());
        Clock clock = clockEvents.get(event);
        return clock != null ? time.ticks(clock, at) : new OccurrencePattern(step.pattern(event, extra(event, counter)), 0);
    }

    private OccurrencePattern fixed(CountedEvent event, Step step, long at) {
        if (event instanceof CountedEvent.Ticks ticks) {
            return time.ticks(ticks.clock(), at);
        } else if (event instanceof CountedEvent.Occurrences other) {
            return new OccurrencePattern(step.pattern(Step.event(other.code(), other.umask())), 0);
        }
        return new OccurrencePattern(step.pattern(Step.eventOfCounter(((CountedEvent.Own) event).globalIndex())), 0);
    }

    private long extra(long event, CounterPlace counter) {
        for (NeedsExtra row : extras) {
            if (row.event() == event && (row.counters() & counter.globalMask()) != 0) {
                return row.register().get();
            }
        }
        return 0;
    }
}
