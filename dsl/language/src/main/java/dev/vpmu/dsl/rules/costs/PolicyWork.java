package dev.vpmu.dsl.rules.costs;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.RdpmcTreatment;
import dev.vpmu.dsl.model.policy.Reprogram;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.model.policy.SwitchModel.Means;
import dev.vpmu.dsl.model.policy.WriteEffect;
import dev.vpmu.dsl.resolve.FlatBank;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.policies.FlatPolicy;

/** What machines come to do for guests under a policy, beside what the host's own events make them do. */
final class PolicyWork {

    private final FlatPolicy policy;
    private final FlatPmu pmu;
    private final PolicyModel model;

    PolicyWork(FlatPolicy policy) {
        this.policy = policy;
        this.pmu = policy.pmu();
        this.model = policy.model();
    }

    /** Whether the guest's counters are host events; otherwise they are the host's counters. */
    boolean hasHostEvents() {
        return model.ownership() == Ownership.NONE;
    }

    /** Whether a host event is paused and goes on. */
    boolean resumesHostEvents() {
        return hasHostEvents() && model.reprogram().map(Reprogram::resuming).orElse(true);
    }

    /** Whether a host event gets another period: as it goes on, or because the guest writes its counter. */
    boolean setsPeriods() {
        boolean rearms = policy.registers(RegisterRole.VALUE).stream()
                .anyMatch(register -> model.access(register.getName()).filter(access -> access.does(WriteEffect.Kind.REPROGRAM)).isPresent());
        return resumesHostEvents() || hasHostEvents() && rearms;
    }

    /** Whether an overflow outside guest mode goes on after the NMI handler. */
    boolean defersInterrupts() {
        return hasHostEvents() && model.route().deferred();
    }

    /** Whether an overflow asks for the guest's PMI, and so for a guest that halts to wake up. */
    boolean requestsInterrupts() {
        return hasHostEvents() || model.sequences().stream().flatMap(sequence -> sequence.steps().stream())
                .anyMatch(step -> step.kind() == StepModel.Kind.REQUEST_PMI || step.kind() == StepModel.Kind.REQUEST_PMI_ALWAYS);
    }

    /** Whether the guest gets PMIs: those asked for, and those of overflows by instructions that the hypervisor carries out. */
    boolean injectsInterrupts() {
        return requestsInterrupts() || model.accountsEmulated();
    }

    /** Whether VM-entry or VM-exit loads or stores a register. */
    boolean switchesRegisters() {
        return model.switches().stream().anyMatch(this::isSwitched) || hasHostEvents() && pmu.banks().stream().anyMatch(this::isSwitchedBySelectors);
    }

    private boolean isSwitched(SwitchModel switched) {
        boolean isLoaded = switched.entry().isPresent() && switched.exit().isPresent();
        return switched.means() != Means.INSTRUCTIONS && (isLoaded || switched.saves() && !hasHostEvents());
    }

    /** Whether events on its counters that exclude a mode are stopped by their selectors, for want of an enable register. */
    private boolean isSwitchedBySelectors(FlatBank bank) {
        return bank.isCounters() && pmu.registers(RegisterRole.ENABLE).stream().flatMap(register -> pmu.layout(register).stream())
                .flatMap(layout -> layout.fields().stream()).filter(field -> field.role() == FieldRole.ENABLE)
                .noneMatch(field -> field.array() == null || bank.bank().equals(field.array().getBank()));
    }

    /** Whether the hypervisor carries accesses of the guest's out. */
    boolean emulatesAccesses() {
        return hasHostEvents() || model.rdpmc() != RdpmcTreatment.PASSED || !model.missing().isEmpty() || model.accesses().stream()
                .anyMatch(access -> access.treatment() == Treatment.INTERCEPT || access.treatment() == Treatment.SHARE);
    }

    /** Whether the host reads counters by RDPMC, which it does wherever that shows them. */
    boolean readsCountersByRdpmc() {
        return pmu.banks().stream().anyMatch(this::isShownByRdpmc);
    }

    private boolean isShownByRdpmc(FlatBank bank) {
        return bank.isCounters() && pmu.rdpmc().filter(rdpmc -> rdpmc.getType() == null || bank.bank().getRdpmcType() != null).isPresent();
    }

    /** Whether the host reads registers: a status, a word of several counters' controls, a counter that RDPMC does not show, or for an owner. */
    boolean readsRegisters() {
        return !hasHostEvents() || !pmu.registers(RegisterRole.STATUS).isEmpty()
                || pmu.registers(RegisterRole.SELECTOR).stream().anyMatch(register -> register.getBank() == null)
                || pmu.banks().stream().anyMatch(bank -> bank.isCounters() && !isShownByRdpmc(bank));
    }
}
