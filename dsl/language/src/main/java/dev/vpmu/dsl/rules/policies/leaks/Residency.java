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

    private static final int MOST_KNOWN = 32;

    /** What was found before, by what it depends on: every key that is typed in a table of events asks for the same again. */
    private final Map<CpuModel, Map<PolicyModel, List<LeakFinding>>> known = new LinkedHashMap<>(MOST_KNOWN, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CpuModel, Map<PolicyModel, List<LeakFinding>>> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    /** What each of the cpu's policies does not keep apart. */
    synchronized Map<PolicyModel, List<LeakFinding>> of(CpuModel cpu) {
        return known.computeIfAbsent(withoutEvents(cpu), key -> {
            Map<PolicyModel, List<LeakFinding>> findings = new LinkedHashMap<>();
            key.policies().forEach(policy -> findings.put(policy, of(key, policy)));
            return findings;
        });
    }

    /** What counts which event has nothing to do with where bits live. */
    private static CpuModel withoutEvents(CpuModel cpu) {
        return new CpuModel(cpu.packageName(), cpu.name(), cpu.version(), cpu.signatures(), cpu.banks(), cpu.capabilities(), cpu.layouts(), cpu.registers(), cpu.addresses(),
                cpu.leaves(), cpu.rdpmc(), cpu.interrupt(), cpu.freezes(), cpu.branchRecords(), cpu.preciseRecords(), cpu.extras(), List.of(), List.of(), List.of(),
                cpu.clocks(), List.of(), List.of(), cpu.policies(), cpu.origin());
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
