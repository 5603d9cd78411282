package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.WriteRule;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.rules.policies.leaks.CounterState.Place;
import dev.vpmu.dsl.rules.policies.leaks.CounterState.Selected;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One counter, the vCPU that wants it and the host that wants it, too: goes through every state that a guest, the scheduler and the host can
 * bring about under a policy, and looks in each at what either side finds.
 */
final class CounterMachine {

    private final PolicyModel policy;
    private final CounterRegisters registers;
    private final boolean hostExcludesHost;
    private final Leaks leaks;
    private final CounterSteps steps;
    private final CounterAccesses accesses;
    private final HostSide host;
    private final GuestSide guest;
    private final Optional<SwitchModel> enable;

    private final Deque<CounterState> open = new ArrayDeque<>();
    private final Set<Long> seen = new HashSet<>();

    /**
     * @param hostExcludesHost whether the host events of this run count the guest only; otherwise they count the host only
     */
    CounterMachine(PolicyModel policy, CounterRegisters registers, boolean hostExcludesHost, Domains domains, Leaks leaks) {
        this.policy = policy;
        this.registers = registers;
        this.hostExcludesHost = hostExcludesHost;
        this.leaks = leaks;
        steps = new CounterSteps(policy, registers, domains, leaks);
        accesses = new CounterAccesses(policy, registers, steps, leaks);
        host = new HostSide(policy, registers, hostExcludesHost, leaks);
        guest = new GuestSide(policy, registers, hostExcludesHost, leaks);
        enable = registers.has(Piece.ENABLE) ? policy.switched(registers.of(Piece.ENABLE).name()) : Optional.empty();
    }

    /** Goes through every state that can be reached. */
    void explore() {
        CounterState first = new CounterState();
        forget(first);
        for (Piece piece : Piece.values()) {
            first.cell(piece).remember(first.cell(piece).truth(), null);
        }
        first.hostUses();
        add(first);
        while (!open.isEmpty()) {
            CounterState state = open.remove();
            switch (state.place) {
                case GUEST -> inGuestMode(state);
                case HOST -> loaded(state);
                case PREEMPTED -> preempted(state);
                case USER -> inUserSpace(state);
            }
        }
    }

    private void add(CounterState state) {
        if (seen.add(state.key())) {
            open.add(state);
        }
    }

    /** What follows a state, with and without a host event that does not go away. */
    private void then(CounterState state, Consumer<CounterState> move) {
        CounterState next = state.copy();
        move.accept(next);
        add(next);
        if (Statements.canRefuse(policy)) {
            CounterState refused = state.copy();
            refused.refuses = true;
            move.accept(refused);
            refused.refuses = false;
            add(refused);
        }
    }

    /* ------------------------------------------------------------- the vCPU comes and goes */

    private void loaded(CounterState state) {
        then(state, this::enter);
        then(state, next -> {
            steps.run(next, Trigger.SCHED_OUT, Moment.SCHEDULE_OUT);
            steps.run(next, Trigger.PUT, Moment.SCHEDULE_OUT);
            next.place = Place.PREEMPTED;
            host.look(next, Moment.SCHEDULE_OUT);
        });
        then(state, next -> {
            steps.run(next, Trigger.PUT, Moment.PUT);
            next.place = Place.USER;
            host.look(next, Moment.PUT);
        });
        then(state, next -> reset(next, Moment.RESET));
    }

    private void preempted(CounterState state) {
        then(state, this::resume);
        then(state, next -> {
            migrate(next);
            resume(next);
        });
    }

    private void resume(CounterState state) {
        state.place = Place.HOST;
        steps.run(state, Trigger.SCHED_IN, Moment.LOAD);
        load(state);
    }

    private void inUserSpace(CounterState state) {
        then(state, this::load);
        then(state, next -> {
            migrate(next);
            load(next);
        });
        then(state, next -> reset(next, Moment.RESET));
        then(state, next -> reset(next, Moment.TEARDOWN));
    }

    private void load(CounterState state) {
        state.place = Place.HOST;
        steps.run(state, Trigger.LOAD, Moment.LOAD);
        look(state, Moment.LOAD);
    }

    /** The hypervisor goes on with a loaded vCPU. */
    private void look(CounterState state, Moment moment) {
        guest.resident(state, moment);
        host.look(state, moment);
    }

    /** The thread gets another CPU, of which nothing is the guest's. */
    private static void migrate(CounterState state) {
        state.reserved = false;
        state.routed = false;
        state.hostUses();
    }

    private void reset(CounterState state, Moment moment) {
        forget(state);
        steps.run(state, Trigger.RESET, moment);
        if (policy.ownership() == Ownership.NONE) {
            // what no counter backs, the events' library resets
            steps.clearGuest(state, null);
        }
        if (state.place == Place.HOST) {
            guest.resident(state, moment);
        }
        host.look(state, moment);
    }

    private void forget(CounterState state) {
        for (Piece piece : Piece.values()) {
            Content reset = registers.isSetAfterReset(piece) ? Content.GUEST : Content.ZERO;
            if (piece == Piece.ENABLE) {
                state.cell(piece).turn(reset);
            } else {
                state.cell(piece).become(reset);
            }
        }
        state.selected = Selected.OFF;
        state.remembered = false;
    }

    /* ------------------------------------------------------------- entry and exit */

    private void enter(CounterState state) {
        Cell cell = state.cell(Piece.ENABLE);
        CounterOperands operands = new CounterOperands(state, Piece.ENABLE, registers.mask(), hostExcludesHost);
        enable.flatMap(SwitchModel::exit).ifPresent(value -> state.exit = operands.value(value));
        enable.ifPresent(model -> model.entry().ifPresent(value ->
                cell.load(operands.value(value), Statements.switched(model, "loads it at entry"))));
        state.place = Place.GUEST;
        guest.look(state);
    }

    private void exit(CounterState state) {
        Cell cell = state.cell(Piece.ENABLE);
        enable.ifPresent(model -> {
            if (model.saves()) {
                cell.save(Statements.switched(model, "saves it"));
            }
            if (model.exit().isPresent()) {
                cell.load(state.exit, Statements.switched(model, "loads it at exit"));
            }
        });
        state.exit = Content.ZERO;
        state.place = Place.HOST;
        steps.run(state, Trigger.EXIT, Moment.EXIT);
    }

    /* ------------------------------------------------------------- the guest runs */

    private void inGuestMode(CounterState state) {
        then(state, next -> {
            exit(next);
            host.look(next, Moment.EXIT);
        });
        for (RegisterModel register : registers.all(Piece.VALUE)) {
            access(state, register, (next, access) -> accesses.write(next, Piece.VALUE, Content.GUEST, access));
        }
        for (RegisterModel register : registers.all(Piece.SELECTOR)) {
            for (Selected selected : Selected.values()) {
                access(state, register, (next, access) -> accesses.select(next, selected, access));
            }
        }
        for (RegisterModel register : registers.all(Piece.ENABLE)) {
            access(state, register, (next, access) -> accesses.write(next, Piece.ENABLE, Content.GUEST, access));
            access(state, register, (next, access) -> accesses.write(next, Piece.ENABLE, Content.ZERO, access));
        }
        if (registers.has(Piece.STATUS)) {
            registers.changing(WriteRule.ClearBits.class).forEach(register -> access(state, register, accesses::clear));
            registers.changing(WriteRule.SetBits.class).forEach(register ->
                    access(state, register, (next, access) -> accesses.write(next, Piece.STATUS, Content.GUEST, access)));
        }
        if (isOn(state)) {
            then(state, this::count);
            then(state, this::overflow);
        }
    }

    private interface Write {
        void carryOut(CounterState state, AccessModel access);
    }

    private void access(CounterState state, RegisterModel register, Write write) {
        policy.access(register.name()).filter(CounterAccesses::isWritable).ifPresent(access -> {
            if (access.treatment() != Treatment.PASS) {
                then(state, next -> {
                    exit(next);
                    host.look(next, Moment.EXIT);
                    write.carryOut(next, access);
                    look(next, Moment.ACCESS);
                });
            } else if (state.reserved) {
                then(state, next -> {
                    write.carryOut(next, access);
                    guest.look(next);
                });
            } else {
                write.carryOut(state.copy(), access);
            }
        });
    }

    /** Whether the guest's counter counts, as the guest sees it. */
    private boolean isOn(CounterState state) {
        boolean enabled = !registers.has(Piece.ENABLE) || state.cell(Piece.ENABLE).truth() != Content.ZERO;
        boolean runs = state.owned && state.reserved && state.cell(Piece.SELECTOR).isLoaded() && state.cell(Piece.VALUE).isLoaded();
        return state.selected.counts() && enabled && (runs || policy.ownership() == Ownership.NONE);
    }

    private void count(CounterState state) {
        Cell cell = state.cell(Piece.VALUE);
        cell.become(Content.GUEST);
        if (state.owned) {
            cell.load(Content.GUEST, null);
        }
    }

    private void overflow(CounterState state) {
        if (!registers.has(Piece.STATUS)) {
            return;
        }
        Cell cell = state.cell(Piece.STATUS);
        cell.turn(Content.GUEST);
        if (state.owned) {
            cell.load(Content.GUEST, null);
        }
        if (state.owned && state.selected == Selected.SILENT) {
            return;
        }
        exit(state);
        if (state.owned) {
            cell.load(Content.ZERO, null);
        }
        if (policy.route().byEvent()) {
            cell.remember(Content.GUEST, null);
        } else if (state.routed) {
            steps.overflow(state, Content.GUEST, Moment.EXIT);
        } else {
            leaks.add(Leak.GUEST_LOST, registers.name(Piece.STATUS), Moment.EXIT, "the host's PMI handler clears the guest's status bit and tells nobody",
                    Statements.lacks(policy, Trigger.LOAD, "route", "the PMI to the guest"));
            cell.remember(cell.truth(), null);
        }
        host.look(state, Moment.EXIT);
    }
}
