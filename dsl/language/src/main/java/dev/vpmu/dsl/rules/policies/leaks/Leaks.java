package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.Origin;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects leaks: one for each kind, register and cause, with every moment at which it was seen. */
final class Leaks {

    private record Key(Leak leak, String register, Origin origin) {
    }

    private record Seen(String parties, Cause cause, Set<Moment> moments) {
    }

    private final Map<Key, Seen> seen = new LinkedHashMap<>();

    void add(Leak leak, String register, Moment moment, String parties, Cause cause) {
        seen.computeIfAbsent(new Key(leak, register, cause.origin()), key -> new Seen(parties, cause, EnumSet.noneOf(Moment.class)))
                .moments().add(moment);
    }

    List<LeakFinding> findings() {
        List<LeakFinding> findings = new ArrayList<>();
        seen.forEach((key, found) ->
                findings.add(new LeakFinding(key.leak(), key.register(), List.copyOf(found.moments()), found.parties(), found.cause())));
        return findings;
    }
}
