package dev.vpmu.generator.perf.sets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Tries every counter and every way for each event of a set. */
final class ExhaustiveSearch {

    /** Where an event can be. */
    record Place(int counter, Way way) {
    }

    /** What the events that have a place leave to the others. */
    private record Left(int placed, long taken, Map<String, Long> registers) {
    }

    private final List<Demand> demands;
    private final long general;
    private final int mostGeneral;
    private final List<Integer> order;
    private final Place[] places;
    private final Set<Left> failed = new HashSet<>();

    private ExhaustiveSearch(List<Demand> demands, long general, int mostGeneral) {
        this.demands = demands;
        this.general = general;
        this.mostGeneral = mostGeneral;
        // those with the fewest choices first, so that what cannot be is seen early
        order = IntStream.range(0, demands.size()).boxed().sorted(Comparator.comparingInt(this::choices)).toList();
        places = new Place[demands.size()];
    }

    private int choices(int event) {
        return demands.get(event).ways().stream().mapToInt(way -> Long.bitCount(way.counters())).sum();
    }

    /**
     * A place for each event; empty if there is no way.
     *
     * @param general the counters of which only so many may be taken
     * @param mostGeneral how many
     */
    static Optional<List<Place>> places(List<Demand> demands, long general, int mostGeneral) {
        long all = demands.stream().mapToLong(Demand::counters).reduce(0, (a, b) -> a | b);
        boolean paired = demands.stream().anyMatch(demand -> demand.needs() > 1);
        if (!paired && demands.size() > Long.bitCount(all)) {
            return Optional.empty();
        }
        ExhaustiveSearch search = new ExhaustiveSearch(demands, general, mostGeneral);
        return search.place(new Left(0, 0, Map.of())) ? Optional.of(List.of(search.places)) : Optional.empty();
    }

    private boolean place(Left left) {
        if (left.placed == demands.size()) {
            return true;
        }
        if (failed.contains(left)) {
            return false;
        }
        int event = order.get(left.placed);
        for (Place place : open(demands.get(event), left)) {
            places[event] = place;
            if (place(new Left(left.placed + 1, left.taken | place.way.takes(place.counter), registers(left.registers, place.way)))) {
                return true;
            }
        }
        failed.add(left);
        return false;
    }

    private List<Place> open(Demand demand, Left left) {
        List<Place> open = new ArrayList<>();
        for (Way way : demand.ways()) {
            boolean conflict = way.register().isPresent() && left.registers.getOrDefault(way.register().get(), way.value()) != way.value();
            for (int counter = 0; counter < Long.SIZE && !conflict; counter++) {
                long takes = way.takes(counter);
                if (way.allows(counter) && (left.taken & takes) == 0 && Long.bitCount((left.taken | takes) & general) <= mostGeneral) {
                    open.add(new Place(counter, way));
                }
            }
        }
        return open;
    }

    private static Map<String, Long> registers(Map<String, Long> registers, Way way) {
        if (way.register().isEmpty() || registers.containsKey(way.register().get())) {
            return registers;
        }
        Map<String, Long> more = new HashMap<>(registers);
        more.put(way.register().get(), way.value());
        return more;
    }
}
