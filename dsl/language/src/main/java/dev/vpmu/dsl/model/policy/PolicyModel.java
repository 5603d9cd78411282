package dev.vpmu.dsl.model.policy;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A {@code policy} laid over every register of one cpu: who owns a counter, what a guest's access does, what is switched when.
 *
 * @param packageName the package of its file
 * @param name its name
 * @param hypothetical whether the cpu has it although it does not meet what the policy requires
 * @param ownership for how long a guest owns a counter
 * @param sameCounter whether a guest's counter is the host's counter of the same index; otherwise it may be any
 * @param forbidden the roles of fields that a guest may not set
 * @param reprogram how a host event follows the guest's registers; absent where there are no host events
 * @param route how a guest's overflow is noticed
 * @param rdpmc what RDPMC does
 * @param accountsEmulated whether instructions count that the hypervisor carries out
 * @param filters whether the hypervisor can be told which events a guest may count
 * @param lacks the capabilities that the guest does not have, although the cpu has them
 * @param accesses what happens to each register of the cpu, once each, in the order of the cpu's registers
 * @param missing what happens to elements that the cpu's arrays do not have
 * @param switches what VM-entry and VM-exit load
 * @param conflict what is done, tried in turn, with a host event on a counter that a guest takes
 * @param sequences what else is done when, each trigger at most once, in order of {@link Trigger}
 * @param allowances the findings of rules that it lets through
 * @param origin where it is declared
 */
public record PolicyModel(String packageName, String name, boolean hypothetical, Ownership ownership, boolean sameCounter, List<FieldRole> forbidden,
        Optional<Reprogram> reprogram, PmiRoute route, RdpmcTreatment rdpmc, boolean accountsEmulated, boolean filters, List<String> lacks,
        List<AccessModel> accesses, List<MissingModel> missing, List<SwitchModel> switches, List<ConflictAnswer> conflict,
        List<SequenceModel> sequences, List<AllowanceModel> allowances, Origin origin) {

    public PolicyModel {
        forbidden = List.copyOf(forbidden);
        lacks = List.copyOf(lacks);
        accesses = List.copyOf(accesses);
        missing = List.copyOf(missing);
        switches = List.copyOf(switches);
        conflict = List.copyOf(conflict);
        sequences = List.copyOf(sequences);
        allowances = List.copyOf(allowances);
    }

    /** What happens to accesses of a register. */
    public Optional<AccessModel> access(String register) {
        for (AccessModel access : accesses) {
            if (access.register().equals(register)) {
                return Optional.of(access);
            }
        }
        return Optional.empty();
    }

    /** What is done at a moment; empty where nothing is said. */
    public List<StepModel> steps(Trigger trigger) {
        for (SequenceModel sequence : sequences) {
            if (sequence.trigger() == trigger) {
                return sequence.steps();
            }
        }
        return List.of();
    }

    /** What VM-entry and VM-exit do with a register. */
    public Optional<SwitchModel> switched(String register) {
        return switches.stream().filter(model -> model.register().equals(register)).findFirst();
    }
}
