package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.RdpmcTreatment;
import dev.vpmu.dsl.model.policy.Trigger;
import java.util.Optional;

/** What the guest finds of a counter when it runs. What is wrong is reported and then put right. */
final class GuestSide {

    private final PolicyModel policy;
    private final CounterRegisters registers;
    private final boolean hostExcludesHost;
    private final Leaks leaks;

    GuestSide(PolicyModel policy, CounterRegisters registers, boolean hostExcludesHost, Leaks leaks) {
        this.policy = policy;
        this.registers = registers;
        this.hostExcludesHost = hostExcludesHost;
        this.leaks = leaks;
    }

    /** The guest runs from now on. */
    void look(CounterState state) {
        resident(state, Moment.GUEST_RUN);
        if (state.owned && state.reserved) {
            enable(state);
        } else {
            hostCounter(state);
        }
        if (policy.rdpmc() == RdpmcTreatment.PASSED) {
            rdpmc(state);
        }
        registers.all(Piece.VALUE).forEach(register -> read(state, Piece.VALUE, register));
        registers.all(Piece.SELECTOR).forEach(register -> read(state, Piece.SELECTOR, register));
        registers.all(Piece.STATUS).forEach(register -> read(state, Piece.STATUS, register));
        if (!state.owned || !state.reserved) {
            registers.all(Piece.ENABLE).forEach(register -> read(state, Piece.ENABLE, register));
        }
    }

    /** What the hardware must hold of a counter that the guest owns as soon as it may go on. */
    void resident(CounterState state, Moment moment) {
        if (state.owned && state.reserved) {
            value(state, moment);
            selector(state, moment);
            status(state, moment);
        }
    }

    private void value(CounterState state, Moment moment) {
        Cell cell = state.cell(Piece.VALUE);
        if (!cell.isLoaded()) {
            boolean shown = policy.rdpmc() == RdpmcTreatment.PASSED || registers.all(Piece.VALUE).stream().anyMatch(this::isShown);
            missing(state, Piece.VALUE, moment, cell.hardware() == Content.HOST && shown ? Leak.HOST_SHOWN : Leak.GUEST_LOST);
        }
    }

    private void selector(CounterState state, Moment moment) {
        Cell cell = state.cell(Piece.SELECTOR);
        boolean foreign = cell.truth() == Content.ZERO && cell.hardware() == Content.HOST;
        boolean passed = registers.all(Piece.SELECTOR).stream().anyMatch(this::isShown);
        if (!cell.isLoaded() && (passed || !foreign)) {
            missing(state, Piece.SELECTOR, moment, cell.hardware() == Content.HOST && passed ? Leak.HOST_SHOWN : Leak.GUEST_LOST);
        }
    }

    private void missing(CounterState state, Piece piece, Moment moment, Leak leak) {
        Cell cell = state.cell(piece);
        String text = switch (cell.hardware()) {
            case HOST, ONE -> "the hardware holds the host's " + piece.text() + ", not the guest's";
            case ZERO, GUEST -> "the hardware does not hold the guest's " + piece.text();
            case OLD -> "the hardware holds a " + piece.text() + " that the guest has replaced";
        };
        leaks.add(leak, registers.name(piece), moment, text, cell.isHardwareBehind() && cell.memoryBy() != null
                ? cell.memoryBy() : Statements.lacks(policy, Trigger.TAKE, "restore", "it"));
        cell.load(cell.truth(), null);
    }

    private void enable(CounterState state) {
        if (!registers.has(Piece.ENABLE)) {
            return;
        }
        Cell cell = state.cell(Piece.ENABLE);
        if (cell.truth() == Content.GUEST && cell.hardware() != Content.GUEST && cell.hardware() != Content.HOST && cell.hardware() != Content.ONE) {
            leaks.add(Leak.GUEST_LOST, registers.name(Piece.ENABLE), Moment.GUEST_RUN,
                    "a counter that the guest owns and has enabled is off", loading("does not load the guest's enable bit"));
        } else if (cell.truth() == Content.ZERO && cell.hardware() != Content.ZERO) {
            leaks.add(cell.hardware().ofGuest() ? Leak.GUEST_LOST : Leak.HOST_SHOWN, registers.name(Piece.ENABLE), Moment.GUEST_RUN,
                    "a counter that the guest owns and has disabled is on", loading("does not load the guest's enable bit"));
        }
    }

    private void status(CounterState state, Moment moment) {
        Cell cell = state.cell(Piece.STATUS);
        if (registers.has(Piece.STATUS) && cell.hardware() == Content.HOST) {
            leaks.add(Leak.HOST_SHOWN, registers.name(Piece.STATUS), moment,
                    "the hardware still holds the host's status bit of a counter that the guest owns now, and it becomes the guest's",
                    Statements.lacks(policy, Trigger.TAKE, "clear", "it"));
            cell.load(Content.ZERO, null);
        } else if (registers.has(Piece.STATUS) && cell.hardware() == Content.OLD) {
            missing(state, Piece.STATUS, moment, Leak.GUEST_LOST);
        }
    }

    /** A counter that the host uses must be off in guest mode if its event excludes guests. */
    private void hostCounter(CounterState state) {
        Cell enable = state.cell(Piece.ENABLE);
        boolean on = !registers.has(Piece.ENABLE) || enable.hardware() != Content.ZERO;
        if (!hostExcludesHost && !state.reserved && state.hostCounts && on) {
            String name = registers.name(registers.has(Piece.ENABLE) ? Piece.ENABLE : Piece.SELECTOR);
            leaks.add(Leak.HOST_SHOWN, name, Moment.GUEST_RUN, enable.hardware().ofGuest()
                    ? "a host event that excludes guests counts the guest as soon as the guest enables that counter, which it does not own"
                    : "a host event that excludes guests counts the guest", loading("does not take the host's counter out"));
            enable.load(Content.ZERO, null);
        }
    }

    private void rdpmc(CounterState state) {
        Cell cell = state.cell(Piece.VALUE);
        if (cell.hardware() == Content.HOST) {
            leaks.add(Leak.HOST_SHOWN, registers.name(Piece.VALUE), Moment.GUEST_RUN,
                    "RDPMC shows the guest the host's count of a counter that it does not own, without an exit",
                    Statements.missing(policy, "'passthrough rdpmc' looks at nobody's ownership"));
        } else if (!cell.isLoaded()) {
            leaks.add(Leak.GUEST_LOST, registers.name(Piece.VALUE), Moment.GUEST_RUN, "RDPMC does not show what the guest wrote",
                    Statements.missing(policy, "'passthrough rdpmc' reads the hardware, which does not have it"));
        }
    }

    private void read(CounterState state, Piece piece, RegisterModel register) {
        Optional<AccessModel> access = policy.access(register.name());
        access.filter(model -> model.treatment() != Treatment.HIDE).flatMap(model -> result(state, piece, model)).ifPresent(found -> {
            if (found == Content.HOST || found == Content.ONE) {
                leaks.add(Leak.HOST_SHOWN, registers.name(piece), Moment.GUEST_RUN, "the guest reads the host's " + piece.text()
                        + " of a counter that it does not own", Statements.access(access.get(), "shows what the hardware holds"));
            } else if (found != state.cell(piece).truth()) {
                leaks.add(Leak.GUEST_LOST, registers.name(piece), Moment.GUEST_RUN, found == Content.ZERO
                        ? "the guest does not find its " + piece.text() + ", which is in the hardware"
                        : "the guest finds a " + piece.text() + " that it has replaced", Statements.access(access.get(), "does not show it"));
            }
        });
    }

    private Optional<Content> result(CounterState state, Piece piece, AccessModel access) {
        Cell cell = state.cell(piece);
        return switch (access.treatment()) {
            case PASS -> Optional.of(cell.hardware());
            case SHARE -> Optional.of(cell.memory());
            case HIDE -> Optional.empty();
            case INTERCEPT -> (state.owned ? access.read() : access.readOtherwise().or(access::read))
                    .map(read -> new CounterOperands(state, piece, registers.mask(), hostExcludesHost).value(read));
        };
    }

    private boolean isShown(RegisterModel register) {
        return policy.access(register.name()).filter(Statements::showsHardware).isPresent();
    }

    private Cause loading(String text) {
        if (!registers.has(Piece.ENABLE)) {
            return Statements.missing(policy, "no register of the cpu takes all counters out at once");
        }
        return policy.switched(registers.of(Piece.ENABLE).name()).map(model -> Statements.switched(model, text))
                .orElseGet(() -> Statements.missing(policy, "no 'switch' of " + registers.of(Piece.ENABLE).name() + " takes it out"));
    }
}
