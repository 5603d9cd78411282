package dev.vpmu.dsl.rules.costs;

import dev.vpmu.dsl.model.CostStepModel;
import dev.vpmu.dsl.pmu.CostTable;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.resolve.CostResolver;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;
import dev.vpmu.dsl.rules.Absence;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.SetRule;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.dsl.scoping.CostChain;
import dev.vpmu.dsl.scoping.PmuChain;
import dev.vpmu.dsl.scoping.PolicyChain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A step that a policy of the cpu takes, and that a table gives no price. */
public final class UnpricedSteps implements SetRule {

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU1001", Severity.ERROR, "A table of costs has a price for every step that machines take under the policies of its cpu.");
    }

    @Override
    public Absence absence() {
        return Absence.OF_ANYTHING;
    }

    @Override
    public void check(List<PmuFile> files, List<FlatPmu> pmus, Findings findings) {
        files.stream().flatMap(file -> file.getElements().stream()).filter(CostTable.class::isInstance).map(CostTable.class::cast)
                .forEach(table -> cpu(table).ifPresent(cpu -> check(table, flat(cpu, pmus), findings)));
    }

    /** The cpu, if that and the table have all that they inherit. */
    private static Optional<Pmu> cpu(CostTable table) {
        return CostChain.of(table).stream().map(CostTable::getCpu).filter(cpu -> cpu != null).findFirst()
                .filter(cpu -> CostChain.isWhole(table) && PmuChain.isWhole(cpu));
    }

    private static FlatPmu flat(Pmu cpu, List<FlatPmu> pmus) {
        return pmus.stream().filter(pmu -> pmu.pmu().equals(cpu)).findFirst().orElseGet(() -> new FlatPmu(cpu));
    }

    private static void check(CostTable table, FlatPmu cpu, Findings findings) {
        List<FlatPolicy> policies = cpu.policies().stream().filter(use -> PolicyChain.isWhole(use.getPolicy()))
                .map(use -> new FlatPolicy(use, cpu)).toList();
        List<CostStepModel> prices = CostResolver.resolve(table).steps();
        Map<List<String>, List<String>> unpriced = new LinkedHashMap<>();
        for (MachineStep step : MachineStep.values()) {
            List<String> takers = policies.stream().filter(policy -> step.isTakenBy(policy)).map(FlatPolicy::name).distinct()
                    .filter(policy -> prices.stream().noneMatch(price -> isFor(price, step, policy))).toList();
            if (!takers.isEmpty()) {
                unpriced.computeIfAbsent(takers, key -> new ArrayList<>()).add(step.text());
            }
        }
        if (!unpriced.isEmpty()) {
            findings.report(Places.ofName(table), message(unpriced));
        }
    }

    /** Whether it is the price of the step; one that is misspelt is PMU1002's. */
    private static boolean isFor(CostStepModel price, MachineStep step, String policy) {
        return MachineStep.meant(price.step()).filter(step.text()::equals).isPresent() && price.policy().map(policy::equals).orElse(true);
    }

    private static String message(Map<List<String>, List<String>> unpriced) {
        String what = unpriced.entrySet().stream().map(entry -> quoted(entry.getValue()) + ", which "
                + (entry.getKey().size() == 1 ? "policy " + quoted(entry.getKey()) + " takes" : "policies " + quoted(entry.getKey()) + " take"))
                .collect(Collectors.joining(", nor for "));
        List<String> steps = unpriced.values().stream().flatMap(List::stream).toList();
        return "no price for " + what + "; add " + (steps.size() == 1 ? "" : "a row for each, ") + "'" + steps.get(0) + " = …'";
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }
}
