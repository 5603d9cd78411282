package dev.vpmu.generator.perf.conservation;

import static dev.vpmu.generator.perf.conservation.Wanted.Flag.NOT_IN_HOST;
import static dev.vpmu.generator.perf.conservation.Wanted.Flag.PINNED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.generator.hardware.naive.NaiveStep;
import dev.vpmu.generator.hardware.naive.NaiveStep.Transaction;
import dev.vpmu.generator.perf.conservation.Operation.Callback;
import dev.vpmu.generator.perf.conservation.Operation.Close;
import dev.vpmu.generator.perf.conservation.Operation.Open;
import dev.vpmu.generator.perf.conservation.Operation.Power;
import dev.vpmu.generator.perf.conservation.Operation.Program;
import dev.vpmu.generator.perf.conservation.Operation.Reserve;
import dev.vpmu.generator.perf.conservation.Operation.Switch;
import dev.vpmu.generator.perf.conservation.Operation.Tick;
import dev.vpmu.generator.perf.conservation.Operation.Work;
import dev.vpmu.generator.perf.conservation.Piece.Mode;
import dev.vpmu.runtime.perf.PinnedChoice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Schedules that showed mistakes in perf's core, as short as they became. */
class FoundTest {

    private static final Setting SETTING = new Setting(false, PinnedChoice.EVICT_TO_ERROR, 400, 4_000_000, 1_000_000, false);

    private static Askable asked(ConservedCpu cpu, int code, int umask) {
        return Menu.asked(cpu, cpu.word().event(code, umask), 0).orElseThrow();
    }

    /** An event of the first CPU, or of task 1 of the second. */
    private static Wanted event(int id, int context, Askable what, Wanted.Flag... flags) {
        return new Wanted(id, context, -1, what, List.of(flags), -1, 0, 0, 0);
    }

    private static Work work(long cycles, long skid, Transaction transaction, long n, NaiveStep.Coded... events) {
        NaiveStep step = new NaiveStep(cycles, 0, transaction, List.of(events).stream().map(event -> new NaiveStep.Occurrences(event, new NaiveStep.Uniform(n))).toList());
        return new Work(List.of(step, step), List.of(Mode.HOST, Mode.HOST), cycles, skid);
    }

    private static void assertConserved(ConservedCpu cpu, Operation... schedule) {
        assertEquals(Optional.empty(), Play.complaint(cpu, SETTING, List.of(schedule), new Tally()));
    }

    @Test
    void anEventThatExcludesTheHostDoesNotCountThereWhereNothingStopsAllCounters() {
        ConservedCpu cpu = ConservedCpus.named("SmallV1 with SMT");
        assertConserved(cpu, new Open(event(0, 0, asked(cpu, 0xC4, 0), NOT_IN_HOST)), new Open(event(1, 0, asked(cpu, 0xC4, 0))),
                work(1_000, 0, Transaction.OUTSIDE, 500, new NaiveStep.Coded(0xC4, 0, 0)));
    }

    @Test
    void aTickLeavesEventsAloneThatWaitForThePmuToBeEnabled() {
        ConservedCpu cpu = ConservedCpus.named("Eight without SMT");
        Askable what = asked(cpu, 0xD1, 1);
        assertConserved(cpu, new Switch(1, 0), new Open(new Wanted(0, 1, -1, what, List.of(), -1, 0, 50_000, 0)), work(1_000, 0, Transaction.OUTSIDE, 20, new NaiveStep.Coded(0xD1, 1, 0)),
                new Power(1, false), new Open(event(1, 2, what, PINNED)), new Switch(1, 1), new Open(event(2, 1, what)), new Tick(1));
    }

    @Test
    void aCheckpointedCountDoesNotGoBackWhenAPmiIsLate() {
        ConservedCpu cpu = ConservedCpus.named("Narrow with SMT");
        long config = cpu.word().event(0x51, 1) | cpu.word().in(FieldRole.IN_TRANSACTION, 1) | cpu.word().in(FieldRole.CHECKPOINTED, 1);
        assertConserved(cpu, new Open(event(0, 0, Menu.asked(cpu, config, 0).orElseThrow())), work(10_000, 50, Transaction.COMMITTED, 20_000, new NaiveStep.Coded(0x51, 1, 0)));
    }

    @Test
    void aCounterThatCannotHoldTheSmallestPeriodCountsAllTheSame() {
        ConservedCpu cpu = ConservedCpus.named("Narrow with SMT");
        assertConserved(cpu, new Open(new Wanted(0, 0, -1, asked(cpu, 0xC4, 0), List.of(), -1, 5_000, 0, 0)), work(100_000, 10, Transaction.OUTSIDE, 60_000, new NaiveStep.Coded(0xC4, 0, 0)));
    }

    @Test
    void aValueThatTheExtraRegisterDoesNotTakeIsRefused() {
        ConservedCpu cpu = ConservedCpus.named("Narrow with SMT");
        assertConserved(cpu, new Open(event(0, 0, Menu.asked(cpu, cpu.word().event(0xB7, 1), 0x100).orElseThrow())));
    }

    @Test
    void aGuestIsToldEvenAfterAPmiThatCameWhenNobodyWasLeft() {
        ConservedCpu cpu = ConservedCpus.named("BroadwellEP with SMT");
        Askable what = asked(cpu, 0xC4, 0);
        NaiveStep.Coded branches = new NaiveStep.Coded(0xC4, 0, 0);
        Work guests = work(1_000, 50, Transaction.OUTSIDE, 1_000, branches);
        assertConserved(cpu, new Callback(0, true), new Open(new Wanted(0, 0, -1, what, List.of(), -1, 5, 0, 0)), work(10, 50, Transaction.OUTSIDE, 10, branches), new Close(0),
                work(100, 50, Transaction.OUTSIDE, 100, branches), new Reserve(0, 1), new Program(0, 0, new GuestProgram(what, true, true, true, 10)),
                new Work(guests.steps(), List.of(Mode.GUEST, Mode.HOST), 1_000, 50), guests);
    }
}
