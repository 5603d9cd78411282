package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.WriteRule;
import dev.vpmu.dsl.model.policy.ConflictAnswer;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.rules.policies.leaks.CounterState.Place;

/** Carries out a policy's sequences on one counter. */
final class CounterSteps {

    private final PolicyModel policy;
    private final CounterRegisters registers;
    private final Domains domains;
    private final Leaks leaks;

    CounterSteps(PolicyModel policy, CounterRegisters registers, Domains domains, Leaks leaks) {
        this.policy = policy;
        this.registers = registers;
        this.domains = domains;
        this.leaks = leaks;
    }

    void run(CounterState state, Trigger trigger, Moment moment) {
        policy.steps(trigger).forEach(step -> run(state, step, moment));
    }

    /** Takes the counter from the host, if it does not refuse. */
    void take(CounterState state, Moment moment) {
        if (state.owned) {
            return;
        }
        if (state.place != Place.HOST) {
            // for when it has a CPU
            state.remembered = true;
            return;
        }
        if (state.hostCounts && !policy.conflict().contains(ConflictAnswer.OVERLOOK)) {
            if (state.refuses) {
                state.remembered = true;
                return;
            }
            state.hostCounts = false;
        }
        state.reserved = true;
        run(state, Trigger.TAKE, moment);
        for (Piece piece : Piece.values()) {
            state.cell(piece).settle();
        }
        state.owned = true;
    }

    /** Gives the counter back to the host. */
    void giveBack(CounterState state, Moment moment) {
        if (state.owned) {
            run(state, Trigger.RETURN, moment);
            state.owned = false;
            state.reserved = false;
        }
    }

    /** What the policy does with an overflow; {@code bit} is whose it is. */
    void overflow(CounterState state, Content bit, Moment moment) {
        Cell cell = state.cell(Piece.STATUS);
        for (StepModel step : policy.steps(Trigger.OVERFLOW)) {
            if (step.kind() == StepModel.Kind.MERGE) {
                cell.remember(bit, Statements.step(step, "takes it for the guest's"));
            }
        }
        if (bit == Content.GUEST && !cell.isRemembered()) {
            leaks.add(Leak.GUEST_LOST, registers.name(Piece.STATUS), moment, "the guest's status bit is cleared in the hardware, and nowhere else",
                    Statements.lacks(policy, Trigger.OVERFLOW, "merge", "it"));
            cell.remember(cell.truth(), null);
        }
    }

    /** Overflows that the hardware shows become the guest's, of a counter that it owns or is taking; the host's stay. */
    void merge(CounterState state, Moment moment, Cause by) {
        boolean isMeant = state.owned || state.reserved;
        Content bit = state.cell(Piece.STATUS).hardware();
        if (isMeant && bit != Content.ZERO && write(state, Piece.STATUS, Content.ZERO, by, moment)) {
            overflow(state, bit, moment);
        }
    }

    /** Writes the hardware for the guest; what the host has is not touched, but reported. */
    boolean write(CounterState state, Piece piece, Content content, Cause by, Moment moment) {
        if (!state.reserved) {
            leaks.add(Leak.FOREIGN_WRITE, registers.name(piece), moment,
                    "the " + piece.text() + " of a counter that the host uses is written for the guest, who does not own it", by);
            return false;
        }
        if (state.hostCounts) {
            leaks.add(Leak.FOREIGN_WRITE, registers.name(piece), moment,
                    "the " + piece.text() + " of a counter on which a host event still counts is written for the guest",
                    Statements.missing(policy, "'on conflict overlook' leaves the event there"));
            state.hostCounts = false;
        }
        state.cell(piece).load(content, by);
        if (content.ofGuest()) {
            domains.reached(registers.of(piece), by);
        }
        return true;
    }

    private void run(CounterState state, StepModel step, Moment moment) {
        switch (step.kind()) {
            case CLEAR -> step.registers().forEach(register -> registers.piece(register).ifPresent(piece ->
                    write(state, piece, Content.ZERO, Statements.step(step, "clears it"), moment)));
            case SAVE -> step.registers().forEach(register -> registers.piece(register).ifPresent(piece -> save(state, piece, step)));
            case RESTORE -> step.registers().forEach(register -> registers.piece(register).ifPresent(piece ->
                    restore(state, piece, register, step, moment)));
            case MERGE -> merge(state, moment, Statements.step(step, "clears it"));
            case CLEAR_GUEST -> clearGuest(state, Statements.step(step, "clears the guest's copy only"));
            case TAKE_ALL -> take(state, moment);
            case TAKE_REMEMBERED -> {
                if (state.remembered) {
                    state.remembered = false;
                    take(state, moment);
                }
            }
            case RETURN_OWNED -> giveBack(state, moment);
            case REMEMBER_OWNED -> state.remembered |= state.owned;
            case ROUTE_TO_GUEST -> state.routed = true;
            case ROUTE_TO_HOST -> state.routed = false;
            case REQUEST_PMI, REQUEST_PMI_ALWAYS, RELEASE_IDLE -> {
                // neither moves what a register holds
            }
        }
    }

    private void save(CounterState state, Piece piece, StepModel step) {
        Cell cell = state.cell(piece);
        cell.save(Statements.step(step, switch (cell.hardware()) {
            case ZERO -> "reads it when it is cleared already";
            case HOST, ONE -> "reads what the host has there";
            case GUEST -> "reads it";
            case OLD -> "brings back what the guest has no more";
        }));
    }

    private void restore(CounterState state, Piece piece, String register, StepModel step, Moment moment) {
        Cell cell = state.cell(piece);
        if (piece == Piece.STATUS && registers.changing(WriteRule.SetBits.class).isEmpty()) {
            return;
        }
        boolean whole = piece != Piece.VALUE || cell.memory() == Content.ZERO || (step.named() ? registers.takesAllBits(register)
                : registers.all(Piece.VALUE).stream().anyMatch(shown -> registers.takesAllBits(shown.name())));
        if (!whole) {
            leaks.add(Leak.GUEST_LOST, registers.name(piece), moment, "the guest's count loses bits on its way back to the hardware",
                    Statements.step(step, "writes " + register + ", which does not take all of them"));
        }
        write(state, piece, cell.memory(), Statements.step(step, "writes it"), moment);
    }

    /** Every word of the guest has its reset value. */
    void clearGuest(CounterState state, Cause by) {
        for (Piece piece : Piece.values()) {
            state.cell(piece).remember(registers.isSetAfterReset(piece) ? Content.GUEST : Content.ZERO, by);
        }
    }
}
