package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.Domain;
import dev.vpmu.dsl.model.RegisterModel;
import java.util.HashSet;
import java.util.Set;

/** Registers that several hyper-threads share: what a guest has in one acts on whoever runs on the others. */
final class Domains {

    private final CpuModel cpu;
    private final Leaks leaks;
    private final Set<String> reported = new HashSet<>();

    Domains(CpuModel cpu, Leaks leaks) {
        this.cpu = cpu;
        this.leaks = leaks;
    }

    /** What a guest wrote has reached the register; the statement that it came through first is the cause. */
    void reached(RegisterModel register, Cause by) {
        boolean sharedExtra = cpu.extras().stream().filter(extra -> extra.domain() != Domain.THREAD)
                .anyMatch(extra -> extra.rows().stream().anyMatch(row -> row.register().equals(register.name())));
        if ((register.domain() != Domain.THREAD || sharedExtra) && reported.add(register.name())) {
            leaks.add(Leak.BEYOND_THREAD, register.name(), Moment.GUEST_RUN, "the guest's value is that of the sibling thread, too: the register is "
                    + (register.domain() == Domain.PACKAGE ? "the package's" : "the core's"), by);
        }
    }
}
