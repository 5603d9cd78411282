package dev.vpmu.dsl.rules.costs;

import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.scoping.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a machine counts, the lab's {@code CostStep}, and under which policies it happens. Tables of costs name a step in lower case. */
enum MachineStep {
    VM_EXIT(work -> true),
    MSR_SWITCH(PolicyWork::switchesRegisters),
    ACCESS(PolicyWork::emulatesAccesses),
    RDMSR(PolicyWork::readsRegisters),
    WRMSR(work -> true),
    RDPMC(PolicyWork::readsCountersByRdpmc),
    EVENT_CREATE(PolicyWork::hasHostEvents),
    EVENT_RELEASE(PolicyWork::hasHostEvents),
    EVENT_PAUSE(PolicyWork::resumesHostEvents),
    EVENT_RESUME(PolicyWork::resumesHostEvents),
    EVENT_PERIOD(PolicyWork::setsPeriods),
    SCHED_PASS(work -> true),
    NMI(work -> true),
    IRQ_WORK(PolicyWork::defersInterrupts),
    KICK(PolicyWork::requestsInterrupts),
    INJECTION(PolicyWork::injectsInterrupts);

    private final Predicate<PolicyWork> happens;

    MachineStep(Predicate<PolicyWork> happens) {
        this.happens = happens;
    }

    /** The step as tables of costs name it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a machine whose guests have the policy can come to take it. */
    boolean isTakenBy(FlatPolicy policy) {
        return happens.test(new PolicyWork(policy));
    }

    /** Every step as tables of costs name it. */
    static List<String> texts() {
        return Stream.of(values()).map(MachineStep::text).toList();
    }

    /** The step that somebody who wrote the name probably meant. */
    static Optional<String> meant(String name) {
        return texts().contains(name) ? Optional.of(name) : NearestName.to(name, texts());
    }
}
