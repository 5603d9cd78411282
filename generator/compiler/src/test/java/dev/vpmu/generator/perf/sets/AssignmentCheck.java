package dev.vpmu.generator.perf.sets;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether counters that somebody found for events obey every rule. */
final class AssignmentCheck {

    private AssignmentCheck() {
    }

    /** What is wrong; empty if nothing is. */
    static Optional<String> problem(List<Demand> demands, List<Integer> counters, long general, int mostGeneral) {
        if (counters.size() != demands.size()) {
            return Optional.of(counters.size() + " counters for " + demands.size() + " events");
        }
        for (int i = 0; i < demands.size(); i++) {
            if ((demands.get(i).counters() >>> counters.get(i) & 1) == 0) {
                return Optional.of(demands.get(i).name() + " is on counter " + counters.get(i) + ", where it may not be: "
                        + Long.toBinaryString(demands.get(i).counters()));
            }
        }
        return place(demands, counters, 0, 0, new HashMap<>(), general, mostGeneral) ? Optional.empty()
                : Optional.of("a counter or an extra register is taken twice, or too many counters are: " + counters);
    }

    private static boolean place(List<Demand> demands, List<Integer> counters, int event, long taken, Map<String, Long> registers, long general,
            int mostGeneral) {
        if (event == demands.size()) {
            return Long.bitCount(taken & general) <= mostGeneral;
        }
        int counter = counters.get(event);
        for (Way way : demands.get(event).ways()) {
            if (way.allows(counter) && (taken & way.takes(counter)) == 0
                    && (way.register().isEmpty() || registers.getOrDefault(way.register().get(), way.value()) == way.value())) {
                Map<String, Long> more = new HashMap<>(registers);
                way.register().ifPresent(register -> more.put(register, way.value()));
                if (place(demands, counters, event + 1, taken | way.takes(counter), more, general, mostGeneral)) {
                    return true;
                }
            }
        }
        return false;
    }
}
