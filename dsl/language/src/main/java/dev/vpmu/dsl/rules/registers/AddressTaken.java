package dev.vpmu.dsl.rules.registers;

import dev.vpmu.dsl.pmu.Bank;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Guards;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.PmuRule;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two registers begin at one address. That a later element of an array meets another register is {@link ArrayRoom}'s. */
public final class AddressTaken implements PmuRule {

    /** Where a register begins; with bank and stride where it is unknown which counters its array has. */
    private record Start(long address, Bank bank, int stride) {
    }

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0201", Severity.ERROR, "Two registers that can exist together do not begin at the same address.");
    }

    @Override
    public void check(FlatPmu pmu, Findings findings) {
        Map<Start, List<Register>> taken = new LinkedHashMap<>();
        for (Register register : pmu.registers().stream().sorted(pmu.order()).toList()) {
            start(register, pmu).ifPresent(start -> {
                List<Register> there = taken.computeIfAbsent(start, key -> new ArrayList<>());
                there.stream().filter(earlier -> pmu.together(earlier, register) && !isInherited(pmu, earlier, register)).findFirst().ifPresent(earlier ->
                        findings.report(Places.of(register, PmuPackage.eINSTANCE.getRegister_Address()),
                                "'" + register.getName() + "' begins at " + Numbers.hex(start.address()) + ", as '" + earlier.getName()
                                        + "' does; give it an address of its own, or guard them so that no CPU has both",
                                Places.ofName(earlier)));
                there.add(register);
            });
        }
    }

    /** Whether registers of these names already begin at one address in what the pmu extends: it is reported there. */
    private static boolean isInherited(FlatPmu pmu, Register earlier, Register later) {
        Map<String, Register> inherited = PmuChain.registers(pmu.pmu().getParent());
        Register one = inherited.get(earlier.getName());
        Register other = inherited.get(later.getName());
        return one != null && other != null && one.getAddress() != null && one.getAddress().equals(other.getAddress())
                && Guards.surelyTogether(one, other);
    }

    private static Optional<Start> start(Register register, FlatPmu pmu) {
        List<Element> elements = Element.of(register, pmu);
        if (!elements.isEmpty()) {
            return Optional.of(new Start(elements.get(0).address(), null, 0));
        } else if (register.getAddress() == null || register.getBank() == null || register.getBank().eIsProxy()) {
            return Optional.empty();
        }
        return Optional.of(new Start(register.getAddress(), register.getBank(), RegisterFacts.stride(register)));
    }
}
