package dev.vpmu.generator.perf.conservation;

import dev.vpmu.generator.hardware.agreement.Steps;
import dev.vpmu.generator.hardware.naive.NaiveStep;
import dev.vpmu.generator.perf.conservation.Piece.Mode;
import dev.vpmu.generator.perf.conservation.Tally.What;
import dev.vpmu.runtime.hardware.Step;
import java.util.Map;

/** Has CPUs work, takes their PMIs to perf, and tells every party's book what happened between. */
final class Execution {

    /** The most PMIs in one step on one CPU. */
    private static final int STORM = 200_000;

    private final Stage stage;
    private long longestSkid;
    private int interrupts;

    Execution(Stage stage) {
        this.stage = stage;
    }

    /** How long the slowest PMI took so far, in cycles. */
    long longestSkid() {
        return longestSkid;
    }

    /** No more occurrences than these are counted by an event while a PMI is on its way. */
    long late(HostEvent event) {
        return event.wanted().what().kind().most(Play.MOST_A_CYCLE) * (longestSkid + 2);
    }

    void work(Operation.Work work) {
        longestSkid = Math.max(longestSkid, work.skid());
        for (LogicalCpu cpu : stage.cpus()) {
            NaiveStep step = work.steps().get(cpu.number());
            interrupts = 0;
            if (step == null) {
                cpu.rest(work.cycles());
                stage.on(cpu).forEach(event -> event.rest(work.cycles()));
            } else {
                cpu.hardware().pmiSkid(work.skid());
                run(cpu, step, cpu.guest().isProgrammed() ? work.modes().get(cpu.number()) : Mode.HOST);
            }
        }
    }

    private void run(LogicalCpu cpu, NaiveStep naive, Mode mode) {
        Step step = Steps.of(naive);
        long begin = cpu.cycles();
        Map<Integer, Long> host = mode == Mode.HOST ? null : cpu.guest().enter(mode == Mode.BOTH);
        for (long at = 0; at < naive.cycles();) {
            Piece piece = new Piece(naive, at, cpu.hardware().run(step, at), begin, mode);
            cpu.work(piece.cycles());
            stage.on(cpu).forEach(event -> event.pass(piece, cpu.isRunning()));
            cpu.guest().pass(piece, cpu.cycles());
            if (cpu.hardware().takePmi()) {
                if (host != null) {
                    cpu.guest().exit(host);
                }
                interrupt(cpu);
                host = host == null ? null : cpu.guest().enter(mode == Mode.BOTH);
            }
            at = piece.to();
        }
        if (host != null) {
            cpu.guest().exit(host);
        }
        stage.on(cpu).forEach(event -> event.overdue(late(event)));
    }

    private void interrupt(LogicalCpu cpu) {
        stage.tally().count(What.PMIS);
        Play.require(++interrupts < STORM, "PMIs without end");
        boolean isTold = stage.system().activeEvents() != 0;
        cpu.perf().nmi();
        for (HostEvent event : stage.on(cpu)) {
            if (event.wanted().id() >= Play.FIRST_WATCHDOG) {
                event.countSamples();
            }
            event.interrupted(isTold);
            event.look(true);
        }
        stage.tally().count(What.CALLED_BACK, Long.bitCount(cpu.guest().interrupted()));
    }
}
