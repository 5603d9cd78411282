package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.rules.policies.leaks.CounterState.Place;
import java.util.List;

/**
 * What the host, and any other guest, finds of a counter when the guest does not run. What is wrong is reported and then put right, so that one
 * mistake is reported once.
 */
final class HostSide {

    private static final List<Piece> RESIDENT = List.of(Piece.VALUE, Piece.SELECTOR, Piece.STATUS);

    private final PolicyModel policy;
    private final CounterRegisters registers;
    private final boolean hostExcludesHost;
    private final Leaks leaks;

    HostSide(PolicyModel policy, CounterRegisters registers, boolean hostExcludesHost, Leaks leaks) {
        this.policy = policy;
        this.registers = registers;
        this.hostExcludesHost = hostExcludesHost;
        this.leaks = leaks;
    }

    /** The host runs from now on. */
    void look(CounterState state, Moment moment) {
        if (!state.reserved) {
            leftOnReturnedCounter(state, moment);
        } else if (state.place != Place.HOST) {
            leftOnKeptCounter(state, moment);
        } else {
            countsTheHost(state, moment);
        }
        countsForTheGuest(state, moment);
        for (Piece piece : Piece.values()) {
            if (registers.has(piece)) {
                lost(state, piece, moment);
            }
        }
        if (!state.reserved) {
            state.hostUses();
        }
    }

    /** The host has the counter, and with it whatever the guest left there. */
    private void leftOnReturnedCounter(CounterState state, Moment moment) {
        for (Piece piece : Piece.values()) {
            Cell cell = state.cell(piece);
            if (registers.has(piece) && cell.hardware().ofGuest()) {
                leaks.add(Leak.GUEST_LEFT, registers.name(piece), moment, "the hardware still holds the guest's " + piece.text()
                        + " of a counter that the host uses again", piece == Piece.ENABLE ? enabled(cell, "leaves it there")
                                : Statements.lacks(policy, Trigger.RETURN, piece == Piece.STATUS ? "merge" : "clear", "it"));
                cell.evacuate();
            }
        }
    }

    /** The guest keeps a counter although its vCPU is off this CPU: whoever runs here finds it, and elsewhere it is not the guest's. */
    private void leftOnKeptCounter(CounterState state, Moment moment) {
        Cause cause = Statements.lacks(policy, moment == Moment.TEARDOWN ? Trigger.RESET : Trigger.PUT, "return", "the counter");
        for (Piece piece : RESIDENT) {
            if (registers.has(piece) && (piece == Piece.VALUE || state.cell(piece).hardware().ofGuest())) {
                String parties = "the hardware of the CPU that the vCPU has left is still kept for the guest, and holds its " + piece.text()
                        + " for whoever runs there; on another CPU the counter is not the guest's";
                leaks.add(Leak.GUEST_LEFT, registers.name(piece), moment, parties, cause);
                if (moment != Moment.TEARDOWN) {
                    leaks.add(Leak.GUEST_LEFT, registers.name(piece), Moment.MIGRATION, parties, cause);
                }
            }
        }
        List.of(Piece.values()).forEach(piece -> state.cell(piece).evacuate());
        state.remembered = true;
        state.owned = false;
        state.reserved = false;
    }

    /** The hypervisor runs with the guest's selector in place, and the counter is on. */
    private void countsTheHost(CounterState state, Moment moment) {
        Cell selector = state.cell(Piece.SELECTOR);
        boolean counting = selector.hardware() == Content.GUEST ? state.selected.counts() : selector.hardware().ofGuest();
        Cell enable = state.cell(Piece.ENABLE);
        if (counting && (!registers.has(Piece.ENABLE) || enable.hardware() != Content.ZERO)) {
            leaks.add(Leak.GUEST_LEFT, registers.name(Piece.SELECTOR), moment,
                    "the guest's selector counts what the host does, and can interrupt it, for the counter is on", onInHostMode(enable, moment));
            enable.load(Content.ZERO, null);
        }
    }

    private Cause onInHostMode(Cell enable, Moment moment) {
        if (!registers.has(Piece.ENABLE)) {
            return Statements.lacks(policy, Trigger.EXIT, "clear", "it");
        }
        return moment != Moment.EXIT || enable.hardwareBy() == null
                ? Statements.lacks(policy, Trigger.TAKE, "clear", registers.name(Piece.ENABLE)) : enabled(enable, "does not take the counter out");
    }

    /** A host event that is to count the guest only. */
    private void countsForTheGuest(CounterState state, Moment moment) {
        Cell enable = state.cell(Piece.ENABLE);
        if (hostExcludesHost && state.hostCounts && !state.reserved && registers.has(Piece.ENABLE)
                && enable.hardware() != Content.ZERO && enable.hardware() != Content.HOST) {
            leaks.add(Leak.GUEST_LEFT, registers.name(Piece.ENABLE), moment,
                    "an event that counts for the guest and excludes the host is on while the host runs", enabled(enable, "does not take it out"));
        }
    }

    /** The guest's state must be in its copy, or in the hardware of a counter that it keeps. */
    private void lost(CounterState state, Piece piece, Moment moment) {
        Cell cell = state.cell(piece);
        boolean kept = state.owned && state.reserved && cell.isLoaded();
        if (cell.isRemembered() || kept || piece == Piece.VALUE && isInEvent()) {
            return;
        }
        boolean reset = cell.truth() == Content.ZERO && (moment == Moment.RESET || moment == Moment.TEARDOWN);
        leaks.add(Leak.GUEST_LOST, registers.name(piece), moment, reset
                ? "the guest's " + piece.text() + " from before the reset is there again, and the guest finds it"
                : "the guest's " + piece.text() + " is neither in the hardware nor in its copy: the host has the counter, the guest an old one",
                reset ? Statements.sequence(policy, Trigger.RESET, "'on reset' does not clear the guest's copy, or before the counters are saved")
                        : lostBy(state, piece));
        cell.remember(cell.truth(), null);
    }

    /** Whether the guest's count is what a host event has counted. */
    private boolean isInEvent() {
        return policy.ownership() == Ownership.NONE && registers.all(Piece.VALUE).stream().anyMatch(value -> policy.access(value.name())
                .flatMap(AccessModel::read).filter(read -> read.mentions(Operand.EVENTS)).isPresent());
    }

    private Cause lostBy(CounterState state, Piece piece) {
        Cell cell = state.cell(piece);
        if (piece == Piece.ENABLE) {
            return policy.switched(registers.of(piece).name()).map(model -> Statements.switched(model, model.saves()
                    ? "saves what was not the guest's" : "does not save what the guest left there"))
                    .orElseGet(() -> Statements.missing(policy, "no 'switch' saves it"));
        }
        if (cell.isSaved()) {
            return cell.memoryBy();
        }
        return policy.ownership() == Ownership.NONE ? Statements.missing(policy, "nothing keeps it")
                : Statements.lacks(policy, Trigger.RETURN, piece == Piece.STATUS ? "merge" : "save", "it");
    }

    private Cause enabled(Cell enable, String text) {
        if (enable.hardwareBy() != null) {
            return new Cause(enable.hardwareBy().origin(), enable.hardwareBy().text() + " and " + text);
        }
        return policy.switched(registers.of(Piece.ENABLE).name()).map(model -> Statements.switched(model, text))
                .orElseGet(() -> Statements.missing(policy, "no 'switch' takes it out"));
    }
}
