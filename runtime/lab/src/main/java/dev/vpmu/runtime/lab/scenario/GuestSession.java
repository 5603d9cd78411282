package dev.vpmu.runtime.lab.scenario;

import dev.vpmu.runtime.cpu.CounterBank;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each guest's perf does.
 *
 * @param events the events, by name or role; none stands for all that occur in the work, one after the other and again from the first, one for
 *     each counter of the CPU and {@code more}
 * @param hertz how often a second of guest time each is sampled, as {@code perf record -F} does; 0 if it only counts, as {@code perf stat} does
 * @param more how many events there are more than counters; they take turns of a millisecond, and what perf tells is enlarged to the whole time
 */
public record GuestSession(List<String> events, long hertz, int more) {

    public GuestSession {
        events = List.copyOf(events);
        if (hertz < 0 || more < 0) {
            throw new IllegalArgumentException("sampled " + hertz + " times a second, " + more + " events more than counters");
        }
    }

    /** Opens it. */
    List<ProfiledGuest.Session> open(ProfiledGuest guest, EvenWork work, Cpu cpu) {
        if (events.isEmpty()) {
            List<PmuEvent> all = work.events();
            return IntStream.range(0, counters(cpu) + more).mapToObj(i -> guest.count(all.get(i % all.size()))).toList();
        }
        return events.stream().map(event -> guest.sample(work.event(event), hertz)).toList();
    }

    private static int counters(Cpu cpu) {
        return cpu.banks().stream().filter(bank -> bank.firstIndex() >= 0).mapToInt((CounterBank bank) -> bank.count(false)).sum();
    }
}
