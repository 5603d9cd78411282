package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.RegisterModel;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.Ownership;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.model.policy.StepModel;
import dev.vpmu.dsl.model.policy.SwitchModel;
import dev.vpmu.dsl.model.policy.Trigger;
import dev.vpmu.dsl.model.policy.WriteEffect;
import dev.vpmu.dsl.model.policy.WriteEffect.Kind;
import dev.vpmu.dsl.model.policy.WriteEffect.Scope;
import dev.vpmu.dsl.rules.policies.leaks.WordState.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One {@link Word} through everything that a guest, the scheduler and the host do with it; what either side finds is looked at on the way. */
final class WordMachine {

    private final PolicyModel policy;
    private final Word word;
    private final Domains domains;
    private final WordSides sides;
    private final Optional<SwitchModel> switched;
    private final boolean settable;

    private final Deque<WordState> open = new ArrayDeque<>();
    private final Set<Long> seen = new HashSet<>();

    WordMachine(CpuModel cpu, PolicyModel policy, Word word, Domains domains, Leaks leaks) {
        this.policy = policy;
        this.word = word;
        this.domains = domains;
        sides = new WordSides(cpu, policy, word, leaks);
        switched = policy.switched(word.register().name());
        settable = word.register().role() != RegisterRole.STATUS || !word.written().isEmpty();
    }

    /** Goes through every state that can be reached. */
    void explore() {
        add(new WordState());
        while (!open.isEmpty()) {
            WordState state = open.remove();
            switch (state.place) {
                case GUEST -> inGuestMode(state);
                case HOST -> loaded(state);
                case PREEMPTED -> then(state, next -> {
                    next.place = Place.HOST;
                    run(next, Trigger.SCHED_IN);
                    load(next);
                });
                case USER -> {
                    then(state, this::load);
                    then(state, next -> reset(next, Moment.TEARDOWN));
                }
            }
        }
    }

    private void add(WordState state) {
        if (seen.add(state.key())) {
            open.add(state);
        }
    }

    private void then(WordState state, Consumer<WordState> move) {
        WordState next = state.copy();
        move.accept(next);
        add(next);
    }

    private void loaded(WordState state) {
        then(state, this::enter);
        then(state, next -> {
            run(next, Trigger.SCHED_OUT);
            leave(next, Place.PREEMPTED, Moment.SCHEDULE_OUT);
        });
        then(state, next -> leave(next, Place.USER, Moment.PUT));
        then(state, next -> reset(next, Moment.RESET));
    }

    private void leave(WordState state, Place place, Moment moment) {
        run(state, Trigger.PUT);
        state.place = place;
        sides.host(state, moment);
    }

    private void load(WordState state) {
        state.place = Place.HOST;
        run(state, Trigger.LOAD);
        sides.host(state, Moment.LOAD);
    }

    private void reset(WordState state, Moment moment) {
        state.cell.become(Content.ZERO);
        run(state, Trigger.RESET);
        if (policy.ownership() == Ownership.NONE) {
            state.cell.remember(Content.ZERO, null);
        }
        sides.host(state, moment);
    }

    private void enter(WordState state) {
        switched.flatMap(SwitchModel::exit).ifPresent(value -> state.exit = operands(state).value(value));
        switched.ifPresent(model -> model.entry().ifPresent(value ->
                load(state, operands(state).value(value), Statements.switched(model, "loads it at entry"))));
        state.place = Place.GUEST;
        sides.guest(state);
    }

    private void exit(WordState state) {
        switched.ifPresent(model -> {
            if (model.saves()) {
                state.cell.save(Statements.switched(model, "saves it"));
            }
            if (model.exit().isPresent()) {
                state.cell.load(state.exit, Statements.switched(model, "loads it at exit"));
            }
        });
        state.exit = Content.ZERO;
        state.place = Place.HOST;
        run(state, Trigger.EXIT);
    }

    private void inGuestMode(WordState state) {
        then(state, next -> {
            exit(next);
            sides.host(next, Moment.EXIT);
        });
        // counters come and go by accesses of theirs
        then(state, next -> {
            exit(next);
            take(next);
            sides.host(next, Moment.ACCESS);
        });
        then(state, next -> {
            exit(next);
            giveBack(next);
            sides.host(next, Moment.ACCESS);
        });
        word.written().forEach(register -> write(state, register, Content.GUEST));
        word.cleared().forEach(register -> write(state, register, Content.ZERO));
    }

    private void write(WordState state, RegisterModel register, Content content) {
        policy.access(register.name()).filter(CounterAccesses::isWritable).ifPresent(access -> then(state, next -> {
            if (access.treatment() != Treatment.PASS) {
                exit(next);
            }
            next.cell.become(content);
            effects(next, content, access);
            if (access.treatment() == Treatment.PASS) {
                sides.guest(next);
            } else {
                sides.written(next, access);
                sides.host(next, Moment.ACCESS);
            }
        }));
    }

    private void effects(WordState state, Content content, AccessModel access) {
        Cause by = Statements.access(access, "writes it");
        if (access.treatment() == Treatment.PASS) {
            load(state, content, by);
            return;
        }
        if (access.treatment() == Treatment.SHARE || access.does(Kind.GUEST)) {
            state.cell.remember(content, by);
        }
        for (WriteEffect effect : access.writes()) {
            if (effect.kind() == Kind.HARDWARE && (effect.scope() == Scope.ALL || state.owning && !word.beside())) {
                load(state, content, by);
            }
        }
    }

    private void load(WordState state, Content content, Cause by) {
        state.cell.load(content, by);
        if (content.ofGuest()) {
            domains.reached(word.register(), by);
        }
    }

    /* ------------------------------------------------------------- sequences */

    private void run(WordState state, Trigger trigger) {
        policy.steps(trigger).forEach(step -> run(state, step, trigger));
    }

    private void take(WordState state) {
        if (!state.owning && state.place == Place.HOST) {
            run(state, Trigger.TAKE);
            state.owning = true;
        }
    }

    private void giveBack(WordState state) {
        if (state.owning) {
            run(state, Trigger.RETURN);
            state.owning = false;
        }
    }

    private void run(WordState state, StepModel step, Trigger trigger) {
        switch (step.kind()) {
            case TAKE_ALL, TAKE_REMEMBERED -> take(state);
            case RETURN_OWNED -> giveBack(state);
            case CLEAR_GUEST -> state.cell.remember(Content.ZERO, Statements.step(step, "clears it"));
            default -> {
                boolean countersOnly = word.beside() && (trigger == Trigger.TAKE || trigger == Trigger.RETURN);
                if (!countersOnly && step.registers().stream().anyMatch(word::isMeant)) {
                    move(state, step);
                }
            }
        }
    }

    private void move(WordState state, StepModel step) {
        switch (step.kind()) {
            case CLEAR -> state.cell.load(Content.ZERO, Statements.step(step, "clears it"));
            case SAVE -> state.cell.save(Statements.step(step, "reads it"));
            case RESTORE -> {
                if (settable) {
                    load(state, state.cell.memory(), Statements.step(step, "writes it"));
                }
            }
            default -> {
                // of the status only counters' bits are merged
            }
        }
    }

    private Operands operands(WordState state) {
        return new WordOperands(state, word);
    }

    /** What operands hold of a word. */
    record WordOperands(WordState state, Word word) implements Operands {

        @Override
        public Content of(Operand operand) {
            return switch (operand) {
                case GUEST -> state.cell.memory();
                case HARDWARE -> state.cell.hardware();
                case HOST -> Content.HOST;
                case EVENTS -> state.cell.truth();
                case OWNED -> state.owning && !word.beside() ? Content.ONE : Content.ZERO;
                case ALL -> word.beside() ? Content.ZERO : Content.ONE;
                case GUEST_ONLY, HOST_ONLY -> Content.ZERO;
            };
        }

        @Override
        public Content of(long literal) {
            return (literal & word.mask()) == 0 ? Content.ZERO : Content.ONE;
        }
    }

    /** The registers through which a guest sees the word, with what its accesses do. */
    static List<AccessModel> accesses(PolicyModel policy, List<RegisterModel> registers) {
        return registers.stream().flatMap(register -> policy.access(register.name()).stream()).toList();
    }
}
