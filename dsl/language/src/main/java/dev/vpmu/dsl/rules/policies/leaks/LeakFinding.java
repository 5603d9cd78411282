package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.Origin;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that a policy does not keep apart.
 *
 * @param leak of which kind
 * @param register the register, and the field where it is one of several, as {@code IA32_PERFEVTSEL.any}
 * @param moments when, in the order of a vCPU's life
 * @param parties what of whom is where, and who is concerned
 * @param cause the statement that it comes from; the policy itself where one is missing
 */
record LeakFinding(Leak leak, String register, List<Moment> moments, String parties, Cause cause) {

    LeakFinding {
        moments = List.copyOf(moments);
    }

    /** The id of the rule. */
    String id() {
        return leak.id();
    }

    /** Where the cause stands. */
    Origin origin() {
        return cause.origin();
    }

    /** The moments in a sentence. */
    String when() {
        return moments.stream().map(Moment::text).collect(Collectors.joining(", "));
    }

    /** The finding as a sentence. */
    String message() {
        return register + ": " + when() + " " + parties + "; " + cause.text();
    }
}
