package dev.vpmu.dsl.resolve.policies;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.policy.AllowanceModel;
import dev.vpmu.dsl.model.policy.ConflictAnswer;
import dev.vpmu.dsl.model.policy.MissingModel;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PmiRoute;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.RdpmcTreatment;
import dev.vpmu.dsl.model.policy.Reprogram;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.pmu.Accounts;
import dev.vpmu.dsl.pmu.Allows;
import dev.vpmu.dsl.pmu.Conflict;
import dev.vpmu.dsl.pmu.Filters;
import dev.vpmu.dsl.pmu.Forbids;
import dev.vpmu.dsl.pmu.Interrupt;
import dev.vpmu.dsl.pmu.Maps;
import dev.vpmu.dsl.pmu.Missing;
import dev.vpmu.dsl.pmu.MissingElements;
import dev.vpmu.dsl.pmu.Owns;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PolicyUse;
import dev.vpmu.dsl.pmu.RdpmcAccess;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.Route;
import dev.vpmu.dsl.pmu.Switched;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Numbers;
import dev.vpmu.dsl.resolve.Origins;
import dev.vpmu.dsl.resolve.RegisterFacts;
import dev.vpmu.dsl.resolve.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.xtext.EcoreUtil2;

/** Lays policies over every register of a cpu. */
final class PolicyResolver {

    private final FlatPolicy policy;
    private final FlatPmu pmu;

    private PolicyResolver(FlatPolicy policy) {
        this.policy = policy;
        this.pmu = policy.pmu();
    }

    /** The model of a policy on its pmu. */
    static PolicyModel resolve(FlatPolicy policy) {
        return new PolicyResolver(policy).model();
    }

    private PolicyModel model() {
        PmuFile file = EcoreUtil2.getContainerOfType(policy.policy(), PmuFile.class);
        Ownership ownership = ownership();
        return new PolicyModel(file.getName(), policy.name(), policy.use().filter(PolicyUse::isHypothetical).isPresent(), ownership,
                policy.nearest(Maps.class).map(Maps::isSame).orElse(ownership != Ownership.NONE), forbidden(), reprogram(ownership), route(ownership),
                rdpmc(), policy.nearest(Accounts.class).filter(accounts -> !accounts.isNot()).isPresent(),
                policy.nearest(Filters.class).filter(filters -> !filters.isNot()).isPresent(), lacks(), new AccessResolver(policy).accesses(),
                missing(), switches(), conflict(ownership), new SequenceResolver(policy).sequences(), allowances(), Origins.of(policy.policy()));
    }

    private Ownership ownership() {
        return policy.nearest(Owns.class).map(owns -> owns.isEnabled() ? Ownership.WHILE_LOCALLY_ENABLED
                : owns.isProgrammed() ? Ownership.WHILE_PROGRAMMED
                : owns.isLoaded() ? Ownership.WHILE_LOADED : Ownership.NONE).orElse(Ownership.NONE);
    }

    private List<FieldRole> forbidden() {
        return policy.nearest(Forbids.class).map(forbids -> forbids.getRoles().stream().map(Words::fieldRole).distinct().toList()).orElse(List.of());
    }

    /** A policy that owns counters can have inherited what it needs no longer. */
    private Optional<Reprogram> reprogram(Ownership ownership) {
        return ownership != Ownership.NONE ? Optional.empty() : policy.nearest(dev.vpmu.dsl.pmu.Reprogram.class).map(said -> new Reprogram(said.isEntry(), said.isResuming()));
    }

    private PmiRoute route(Ownership ownership) {
        Optional<Route> said = policy.nearest(Route.class);
        boolean masks = pmu.interrupt().filter(Interrupt::isMasksItself).isPresent() && said.filter(Route::isUnmasked).isEmpty();
        return new PmiRoute(said.map(Route::isEvent).orElse(ownership == Ownership.NONE), said.filter(Route::isDeferred).isPresent(), masks);
    }

    private RdpmcTreatment rdpmc() {
        return policy.nearest(RdpmcAccess.class).map(said -> said.isPassed() ? RdpmcTreatment.PASSED
                : said.isUnchecked() ? RdpmcTreatment.UNCHECKED : RdpmcTreatment.INTERCEPTED).orElse(RdpmcTreatment.INTERCEPTED);
    }

    private List<String> lacks() {
        return policy.lacks().stream().filter(capability -> pmu.capabilities().value(capability) != 0)
                .map(capability -> capability.getName()).toList();
    }

    private List<MissingModel> missing() {
        Map<Long, MissingModel> missing = new TreeMap<>(Long::compareUnsigned);
        for (Missing statement : policy.all(Missing.class)) {
            for (MissingElements elements : statement.getElements()) {
                absent(elements).forEach(address -> missing.put(address, new MissingModel(address, Origins.of(statement))));
            }
        }
        return List.copyOf(missing.values());
    }

    /** The addresses of those elements that the register, as it is here, does not have. */
    private List<Long> absent(MissingElements elements) {
        Optional<Register> here = pmu.registers().stream().filter(register -> elements.getRegister() != null && register.getBank() != null
                && register.getName().equals(elements.getRegister().getName())).findFirst();
        return here.map(register -> Numbers.indexes(elements.getIndexes()).stream()
                .filter(index -> !RegisterFacts.indexes(register, pmu).contains(index))
                .map(index -> RegisterFacts.addressOf(register, index)).toList()).orElse(List.of());
    }

    private List<SwitchModel> switches() {
        List<SwitchModel> switches = new ArrayList<>();
        for (Register register : pmu.registers()) {
            policy.switched(register).ifPresent(said -> switches.add(switched(register, said)));
        }
        return switches;
    }

    private static SwitchModel switched(Register register, Switched said) {
        return new SwitchModel(register.getName(), Expressions.of(said.getEntry()), Expressions.of(said.getExit()), said.isSaving(),
                SwitchModel.Means.valueOf(said.getMeans().name()), Origins.of(said));
    }

    private List<ConflictAnswer> conflict(Ownership ownership) {
        return ownership == Ownership.NONE ? List.of() : policy.nearest(Conflict.class).map(conflict -> conflict.getAnswers().stream()
                .map(answer -> ConflictAnswer.valueOf(answer.name())).distinct().toList()).orElse(List.of());
    }

    private List<AllowanceModel> allowances() {
        Map<String, AllowanceModel> allowances = new LinkedHashMap<>();
        policy.all(Allows.class).forEach(said -> allowances.put(said.getRule(), new AllowanceModel(said.getRule(), said.getReason(), Origins.of(said))));
        return List.copyOf(allowances.values());
    }
}
