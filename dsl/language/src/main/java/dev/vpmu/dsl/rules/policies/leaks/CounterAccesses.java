package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.model.policy.WriteEffect;
import dev.vpmu.dsl.model.policy.WriteEffect.Kind;
import dev.vpmu.dsl.model.policy.WriteEffect.Scope;
import dev.vpmu.dsl.rules.policies.leaks.CounterState.Selected;

/** Carries out what a guest's writes do to one counter. */
final class CounterAccesses {

    private final PolicyModel policy;
    private final CounterRegisters registers;
    private final CounterSteps steps;
    private final Leaks leaks;

    CounterAccesses(PolicyModel policy, CounterRegisters registers, CounterSteps steps, Leaks leaks) {
        this.policy = policy;
        this.registers = registers;
        this.steps = steps;
        this.leaks = leaks;
    }

    /** Whether a write of a register changes anything for the guest. */
    static boolean isWritable(AccessModel access) {
        return access.treatment() != Treatment.HIDE && !access.does(Kind.FAULT)
                && (access.treatment() != Treatment.INTERCEPT
                        || access.does(Kind.GUEST) || access.does(Kind.HARDWARE) || access.does(Kind.REPROGRAM));
    }

    /** The guest writes a count, an enable bit, or a status bit through the register that sets it. */
    void write(CounterState state, Piece piece, Content content, AccessModel access) {
        if (piece == Piece.VALUE) {
            state.cell(piece).become(content);
        } else {
            state.cell(piece).turn(content);
        }
        effects(state, piece, content, access);
        kept(state, piece, access);
    }

    /** The guest writes its selector. */
    void select(CounterState state, Selected selected, AccessModel access) {
        Cell cell = state.cell(Piece.SELECTOR);
        boolean merges = policy.steps(Trigger.RETURN).stream().anyMatch(step -> step.kind() == StepModel.Kind.MERGE);
        if (access.treatment() != Treatment.PASS && state.owned && merges && registers.has(Piece.STATUS)) {
            steps.merge(state, Moment.ACCESS, Statements.access(access, "clears it"));
        }
        boolean wanted = selected.counts()
                || selected == Selected.IDLE && policy.ownership() == Ownership.WHILE_PROGRAMMED && !registers.hasEnableField();
        state.selected = selected;
        cell.become(Content.GUEST);
        if (access.treatment() == Treatment.PASS || policy.ownership() == Ownership.NONE || policy.ownership() == Ownership.WHILE_LOADED) {
            effects(state, Piece.SELECTOR, Content.GUEST, access);
            kept(state, Piece.SELECTOR, access);
        } else if (wanted && !state.owned) {
            guestWord(state, Piece.SELECTOR, Content.GUEST, access);
            kept(state, Piece.SELECTOR, access);
            steps.take(state, Moment.ACCESS);
            plainHardware(state, access);
        } else if (wanted) {
            effects(state, Piece.SELECTOR, Content.GUEST, access);
            kept(state, Piece.SELECTOR, access);
        } else {
            state.remembered = false;
            guestWord(state, Piece.SELECTOR, Content.GUEST, access);
            kept(state, Piece.SELECTOR, access);
            plainHardware(state, access);
            steps.giveBack(state, Moment.ACCESS);
        }
        sibling(state, access);
    }

    /** The guest clears its status bit. */
    void clear(CounterState state, AccessModel access) {
        Cell cell = state.cell(Piece.STATUS);
        write(state, Piece.STATUS, Content.ZERO, access);
        if (state.reserved && cell.hardware().ofGuest()) {
            leaks.add(Leak.GUEST_LOST, registers.name(Piece.STATUS), Moment.ACCESS,
                    "the guest's status bit stays set in the hardware although the guest has cleared it", Statements.access(access, "does not reach it"));
            cell.load(Content.ZERO, null);
        }
    }

    private void effects(CounterState state, Piece piece, Content content, AccessModel access) {
        if (access.treatment() == Treatment.PASS) {
            steps.write(state, piece, content, Statements.access(access, "writes it"), Moment.GUEST_RUN);
            return;
        }
        guestWord(state, piece, content, access);
        for (WriteEffect effect : access.writes()) {
            if (effect.kind() == Kind.HARDWARE && (effect.scope() == Scope.ALL || state.owned)) {
                steps.write(state, piece, content, Statements.access(access, "writes it"), Moment.ACCESS);
            }
        }
    }

    private static void guestWord(CounterState state, Piece piece, Content content, AccessModel access) {
        if (access.treatment() == Treatment.SHARE || access.does(Kind.GUEST)) {
            state.cell(piece).remember(content, Statements.access(access, "does not write it to the hardware"));
        }
    }

    private void plainHardware(CounterState state, AccessModel access) {
        for (WriteEffect effect : access.writes()) {
            if (effect.kind() == Kind.HARDWARE && effect.scope() == Scope.ALL) {
                steps.write(state, Piece.SELECTOR, Content.GUEST, Statements.access(access, "writes it whoever owns the counter"), Moment.ACCESS);
            }
        }
    }

    /** What the guest has written must be somewhere. */
    private void kept(CounterState state, Piece piece, AccessModel access) {
        Cell cell = state.cell(piece);
        if (access.treatment() != Treatment.PASS && !cell.isRemembered() && !(state.owned && cell.isLoaded())) {
            leaks.add(Leak.GUEST_LOST, registers.name(piece), Moment.ACCESS, "the " + piece.text() + " that the guest has written is kept nowhere",
                    Statements.access(access, "drops it"));
            cell.remember(cell.truth(), null);
        }
    }

    /** A selector in the hardware must not count for the sibling thread. */
    private void sibling(CounterState state, AccessModel access) {
        if (state.cell(Piece.SELECTOR).hardware() != Content.GUEST) {
            return;
        }
        registers.anyThread().ifPresent(field -> {
            boolean unchecked = access.treatment() == Treatment.PASS || access.writes().stream().anyMatch(WriteEffect::unchecked);
            if (unchecked || !policy.forbidden().contains(FieldRole.ANY_THREAD)) {
                leaks.add(Leak.BEYOND_THREAD, field, Moment.GUEST_RUN, "the guest counts what the sibling thread does, the host's or another guest's",
                        unchecked ? Statements.access(access, "lets any bit through")
                                : Statements.missing(policy, "no 'forbids any thread' keeps the guest from it"));
            }
        });
    }
}
