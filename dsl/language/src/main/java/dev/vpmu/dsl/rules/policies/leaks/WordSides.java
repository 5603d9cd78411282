package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.RdpmcTreatment;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.model.policy.WriteEffect.Kind;
import dev.vpmu.dsl.rules.policies.leaks.WordState.Place;
import java.util.List;
import java.util.Optional;

/** What the guest and the host find of a word. What is wrong is reported and then put right. */
final class WordSides {

    private final CpuModel cpu;
    private final PolicyModel policy;
    private final Word word;
    private final Leaks leaks;
    private final List<AccessModel> shown;
    private final boolean passed;
    private final boolean reachesHardware;
    private final Optional<SwitchModel> switched;

    WordSides(CpuModel cpu, PolicyModel policy, Word word, Leaks leaks) {
        this.cpu = cpu;
        this.policy = policy;
        this.word = word;
        this.leaks = leaks;
        shown = WordMachine.accesses(policy, word.shown());
        passed = shown.stream().anyMatch(access -> access.treatment() == Treatment.PASS);
        reachesHardware = WordMachine.accesses(policy, word.written()).stream()
                .anyMatch(access -> access.treatment() == Treatment.PASS || access.does(Kind.HARDWARE) && !word.beside());
        switched = policy.switched(word.register().name());
    }

    /** The guest runs from now on. */
    void guest(WordState state) {
        if (passed && state.cell.hardware() == Content.HOST) {
            shown.stream().filter(access -> access.treatment() == Treatment.PASS).findFirst().ifPresent(access ->
                    report(Leak.HOST_SHOWN, Moment.GUEST_RUN, "the guest reads what the host has there, without an exit",
                            Statements.access(access, "lets it, and nothing has put the guest's there")));
            state.cell.load(state.cell.truth(), null);
        }
        if (reachesHardware && !state.cell.isLoaded() && state.cell.truth() != state.cell.hardware()
                && (state.cell.truth() != Content.ZERO || state.cell.hardware() == Content.OLD)) {
            report(Leak.GUEST_LOST, Moment.GUEST_RUN, "the hardware does not hold what the guest has written",
                    switched.map(model -> Statements.switched(model, "does not load it")).orElseGet(() ->
                            Statements.lacks(policy, Trigger.LOAD, "restore", "it")));
            state.cell.load(state.cell.truth(), null);
        }
        acts(state);
        shown.forEach(access -> read(state, access));
        if (policy.rdpmc() == RdpmcTreatment.PASSED && word.register().rdpmcType().isPresent() && state.cell.hardware() == Content.HOST) {
            report(Leak.HOST_SHOWN, Moment.GUEST_RUN, "RDPMC shows the guest what the host has there, without an exit",
                    Statements.missing(policy, "'passthrough rdpmc' lets it"));
        }
    }

    /** What needs nobody to read it. */
    private void acts(WordState state) {
        boolean host = state.cell.hardware() == Content.HOST || state.cell.hardware() == Content.ONE;
        if (word.register().role() == RegisterRole.PRECISE_ENABLE && host) {
            report(Leak.HOST_SHOWN, Moment.GUEST_RUN, "the host's precise (PEBS) records go on, into the guest's memory", loading());
            state.cell.load(Content.ZERO, null);
        } else if (word.register().role() == RegisterRole.PRECISE_BUFFER && host && preciseIsTheGuests()) {
            report(Leak.HOST_SHOWN, Moment.GUEST_RUN, "the guest's precise records go through the host's buffer", loading());
            state.cell.load(Content.ZERO, null);
        }
    }

    private boolean preciseIsTheGuests() {
        return cpu.registers().stream().filter(register -> register.role() == RegisterRole.PRECISE_ENABLE).map(RegisterModel::name)
                .anyMatch(name -> policy.access(name).filter(access -> access.treatment() == Treatment.PASS || access.does(Kind.HARDWARE)
                        || access.does(Kind.GUEST) && policy.switched(name).flatMap(SwitchModel::entry)
                                .filter(entry -> entry.mentions(Operand.GUEST)).isPresent()).isPresent());
    }

    private Cause loading() {
        return switched.map(model -> Statements.switched(model, "does not take it out")).orElseGet(() ->
                Statements.missing(policy, "no 'switch' of " + word.register().name() + " takes it out"));
    }

    private void read(WordState state, AccessModel access) {
        if (access.treatment() != Treatment.INTERCEPT) {
            return;
        }
        WordMachine.WordOperands operands = new WordMachine.WordOperands(state, word);
        (state.owning ? access.read() : access.readOtherwise().or(access::read)).map(operands::value).ifPresent(found -> {
            if (found == Content.HOST) {
                report(Leak.HOST_SHOWN, Moment.GUEST_RUN, "the guest reads what the host has there",
                        Statements.access(access, "shows what the hardware holds"));
            } else if (found == Content.OLD || found == Content.ZERO && state.cell.truth() == Content.GUEST) {
                report(Leak.GUEST_LOST, Moment.GUEST_RUN, "the guest does not find what it has written", Statements.access(access, "does not show it"));
            }
        });
    }

    /** The hypervisor has carried out a write. */
    void written(WordState state, AccessModel access) {
        if (!state.cell.isRemembered() && !state.cell.isLoaded()) {
            report(Leak.GUEST_LOST, Moment.ACCESS, "what the guest has written is kept nowhere", Statements.access(access, "drops it"));
            state.cell.remember(state.cell.truth(), null);
        }
    }

    /** The host runs from now on. */
    void host(WordState state, Moment moment) {
        boolean away = state.place != Place.HOST;
        if (moment == Moment.RESET && !away && state.cell.hardware() == Content.OLD) {
            report(Leak.GUEST_LOST, moment, "the hardware still holds the guest's value from before the reset, and the guest finds it",
                    Statements.lacks(policy, Trigger.RESET, "clear", "it"));
            state.cell.load(Content.ZERO, null);
        }
        if (state.cell.hardware().ofGuest() && (away || matters())) {
            report(Leak.GUEST_LEFT, moment, away ? "the hardware still holds the guest's value, which whoever runs then finds"
                    : "the hardware still holds the guest's value while the host runs, and counts", away || switched.isPresent()
                            ? switched.map(model -> Statements.switched(model, "leaves it there")).orElseGet(() ->
                                    Statements.lacks(policy, Trigger.PUT, "clear", "it"))
                            : written());
            state.cell.evacuate();
        }
        if (!state.cell.isRemembered() && !(state.cell.isLoaded() && !away)) {
            report(Leak.GUEST_LOST, moment, "the guest's value is neither in the hardware nor in its copy", state.cell.isSaved()
                    ? state.cell.memoryBy() : switched.map(model -> Statements.switched(model, "does not save it")).orElseGet(() ->
                            Statements.lacks(policy, Trigger.PUT, "save", "it")));
            state.cell.remember(state.cell.truth(), null);
        }
        if (away) {
            state.cell.load(Content.HOST, null);
        }
    }

    /** Whether a guest's value makes a difference to the host while the vCPU stays loaded. */
    private boolean matters() {
        return word.register().role() == RegisterRole.CONTROL || word.register().role() == RegisterRole.BRANCH_CONTROL
                || !Statements.ownsEverything(policy);
    }

    private Cause written() {
        return WordMachine.accesses(policy, word.written()).stream()
                .filter(access -> access.treatment() == Treatment.PASS || access.does(Kind.HARDWARE)).findFirst()
                .map(access -> Statements.access(access, "writes it, and no 'switch' takes it out"))
                .orElseGet(() -> Statements.missing(policy, "nothing takes it out"));
    }

    private void report(Leak leak, Moment moment, String parties, Cause cause) {
        leaks.add(leak, word.name(), moment, parties, cause);
    }
}
