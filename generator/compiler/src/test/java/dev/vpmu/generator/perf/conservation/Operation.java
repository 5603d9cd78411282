package dev.vpmu.generator.perf.conservation;

import dev.vpmu.generator.hardware.naive.NaiveStep;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One thing that happens in a schedule. What has become impossible, because others were left out, does nothing. */
sealed interface Operation {

    void on(Play play);

    record Open(Wanted wanted) implements Operation {
        @Override
        public void on(Play play) {
            play.open(wanted);
        }
    }

    record Close(int id) implements Operation {
        @Override
        public void on(Play play) {
            play.close(id);
        }
    }

    record Enable(int id) implements Operation {
        @Override
        public void on(Play play) {
            play.enable(id);
        }
    }

    record Disable(int id) implements Operation {
        @Override
        public void on(Play play) {
            play.disable(id);
        }
    }

    record SetPeriod(int id, long period) implements Operation {
        @Override
        public void on(Play play) {
            play.setPeriod(id, period);
        }
    }

    record Read(int id) implements Operation {
        @Override
        public void on(Play play) {
            play.read(id);
        }
    }

    /** A CPU runs a task from now on, wherever that was; or none, with -1. */
    record Switch(int cpu, int task) implements Operation {
        @Override
        public void on(Play play) {
            play.switchTo(cpu, task);
        }
    }

    record Rotate(int cpu) implements Operation {
        @Override
        public void on(Play play) {
            play.rotate(cpu);
        }
    }

    record Tick(int cpu) implements Operation {
        @Override
        public void on(Play play) {
            play.tick(cpu);
        }
    }

    record Watchdog(int cpu, boolean on) implements Operation {
        @Override
        public void on(Play play) {
            play.watchdog(cpu, on);
        }
    }

    /** The whole PMU is disabled, or enabled again. */
    record Power(int cpu, boolean on) implements Operation {
        @Override
        public void on(Play play) {
            play.power(cpu, on);
        }
    }

    /** A CPU's guest takes these counters, and gives back those that it had beside them. */
    record Reserve(int cpu, long counters) implements Operation {
        @Override
        public void on(Play play) {
            play.reserve(cpu, counters);
        }

        @Override
        public String toString() {
            return "Reserve[cpu=" + cpu + ", counters=0x" + Long.toHexString(counters) + "]";
        }
    }

    /** A guest programs a counter, if that is its own. */
    record Program(int cpu, int counter, GuestProgram program) implements Operation {
        @Override
        public void on(Play play) {
            play.program(cpu, counter, program);
        }
    }

    /** Whether overflows of guests' counters are told to anybody. */
    record Callback(int cpu, boolean on) implements Operation {
        @Override
        public void on(Play play) {
            play.callback(cpu, on);
        }
    }

    /**
     * Work, on all CPUs at once and as long on each.
     *
     * @param steps what each CPU does; null for one that rests
     * @param modes whose counters run on each
     * @param skid how long PMIs take to be there, in cycles
     */
    record Work(List<NaiveStep> steps, List<Piece.Mode> modes, long cycles, long skid) implements Operation {

        public Work {
            steps = Arrays.asList(steps.toArray(NaiveStep[]::new));
            modes = List.copyOf(modes);
        }

        @Override
        public void on(Play play) {
            play.work(this);
        }

        @Override
        public String toString() {
            return "Work of " + cycles + " cycles, skid " + skid + IntStream.range(0, steps.size()).mapToObj(cpu -> "\n      CPU " + cpu
                    + (steps.get(cpu) == null ? " rests" : " for " + modes.get(cpu) + text(steps.get(cpu)))).collect(Collectors.joining());
        }

        private static String text(NaiveStep step) {
            return " in ring " + step.ring() + " " + step.transaction() + step.occurrences().stream().filter(one -> Happenings.occurrences(one.pattern(), step.cycles(), 0, step.cycles()) != 0)
                    .map(one -> "\n        " + one.event() + " " + one.pattern()).collect(Collectors.joining());
        }
    }
}
