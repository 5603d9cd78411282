package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.PolicyModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows where each bit of a PMU lives under a policy: in the hardware, in the guest's copy, or nowhere; whose it is, and who can run, read it or
 * be interrupted by it meanwhile. The policy's sequences, switches and accesses are carried out on an abstract machine that knows no numbers,
 * only whose a number is; every state that it can get into is looked at. That an access leaves guest mode excuses nothing.
 */
final class Residency {

    private record Result(CpuModel cpu, Map<PolicyModel, List<LeakFinding>> findings) {
    }

    /** What was found last: each kind of leak has a rule of its own, and they are asked about one cpu after the other. */
    private volatile Result last;

    /** What each of the cpu's policies does not keep apart. */
    Map<PolicyModel, List<LeakFinding>> of(CpuModel cpu) {
        Result known = last;
        if (known == null || known.cpu() != cpu) {
            Map<PolicyModel, List<LeakFinding>> findings = new LinkedHashMap<>();
            cpu.policies().forEach(policy -> findings.put(policy, of(cpu, policy)));
            known = new Result(cpu, findings);
            last = known;
        }
        return known.findings();
    }

    /** What a policy does not keep apart on a cpu; empty if it keeps everything apart. */
    static List<LeakFinding> of(CpuModel cpu, PolicyModel policy) {
        Leaks leaks = new Leaks();
        Domains domains = new Domains(cpu, leaks);
        for (CounterRegisters counter : CounterRegisters.of(cpu)) {
            new CounterMachine(policy, counter, false, domains, leaks).explore();
            new CounterMachine(policy, counter, true, domains, leaks).explore();
        }
        Word.of(cpu).forEach(word -> new WordMachine(cpu, policy, word, domains, leaks).explore());
        cpu.registers().stream().filter(register -> register.role() == RegisterRole.USAGE)
                .flatMap(register -> policy.access(register.name()).stream()).forEach(access -> usage(policy, access, leaks));
        return leaks.findings();
    }

    /** Which counters are in use is no state of its own, but shows what the host uses. */
    private static void usage(PolicyModel policy, AccessModel access, Leaks leaks) {
        if (Statements.showsHardware(access) && !Statements.ownsEverything(policy)) {
            leaks.add(Leak.HOST_SHOWN, access.register(), Moment.GUEST_RUN, "the guest sees which counters the host uses",
                    Statements.access(access, "shows what the hardware says"));
        }
    }
}
