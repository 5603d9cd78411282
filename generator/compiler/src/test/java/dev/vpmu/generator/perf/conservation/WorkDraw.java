package dev.vpmu.generator.perf.conservation;

import dev.vpmu.generator.hardware.naive.NaiveStep;
import dev.vpmu.generator.perf.conservation.Piece.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws work that contains what a schedule's events count. */
final class WorkDraw {

    /** Of this, uniform work has so many occurrences of an event. */
    private static final int SHARE = 20;

    private final ConservedCpu cpu;
    private final boolean uniform;
    private final SplittableRandom random;
    private final List<NaiveStep.Event> events;
    private final Map<NaiveStep.Event, Integer> shares = new LinkedHashMap<>();

    WorkDraw(ConservedCpu cpu, List<Askable> courses, boolean uniform, SplittableRandom random) {
        this.cpu = cpu;
        this.uniform = uniform;
        this.random = random;
        List<NaiveStep.Event> named = new ArrayList<>(courses.stream().map(course -> course.kind().source()).filter(Kind.Named.class::isInstance)
                .map(source -> ((Kind.Named) source).event()).toList());
        for (long rest = cpu.rules().present(); rest != 0; rest &= rest - 1) {
            cpu.rules().ofFixed(Long.numberOfTrailingZeros(rest)).filter(Kind.Named.class::isInstance).ifPresent(source -> named.add(((Kind.Named) source).event()));
        }
        this.events = named.stream().distinct().toList();
        events.forEach(event -> shares.put(event, random.nextInt((int) Play.MOST_A_CYCLE * SHARE + 1)));
    }

    /** Work for all CPUs. */
    Operation.Work work() {
        long cycles = cycles();
        List<NaiveStep> steps = new ArrayList<>();
        List<Mode> modes = new ArrayList<>();
        for (int i = 0; i < Stage.CPUS; i++) {
            steps.add(!uniform && random.nextInt(8) == 0 ? null : step(cycles));
            modes.add(uniform || random.nextInt(3) == 0 ? Mode.HOST : random.nextBoolean() ? Mode.GUEST : Mode.BOTH);
        }
        long longest = cpu.longestSkid();
        return new Operation.Work(steps, modes, cycles, random.nextInt(3) == 0 ? 0 : random.nextLong(longest + 1));
    }

    private long cycles() {
        long longest = cpu.longestStep();
        long cycles = 1 + random.nextLong(switch (random.nextInt(10)) {
            case 0, 1 -> Math.min(longest, 10);
            case 2, 3, 4 -> Math.min(longest, 1_000);
            case 5, 6, 7 -> Math.min(longest, 30_000);
            case 8 -> Math.min(longest, 200_000);
            default -> longest;
        });
        return uniform ? (cycles + SHARE - 1) / SHARE * SHARE : cycles;
    }

    private NaiveStep step(long cycles) {
        List<NaiveStep.Occurrences> occurrences = new ArrayList<>();
        for (NaiveStep.Event event : events) {
            NaiveStep.Pattern pattern = uniform ? new NaiveStep.Uniform(cycles / SHARE * shares.get(event)) : pattern(cycles);
            List<? extends NaiveStep.Event> alike = event instanceof NaiveStep.Coded coded ? cpu.rules().interchangeable(coded).stream().distinct().toList() : List.of(event);
            alike.forEach(one -> occurrences.add(new NaiveStep.Occurrences(one, pattern)));
        }
        NaiveStep.Transaction transaction = !uniform && cpu.hasTransactions() && random.nextInt(4) == 0 ? NaiveStep.Transaction.values()[random.nextInt(3)]
                : NaiveStep.Transaction.OUTSIDE;
        return new NaiveStep(cycles, uniform || random.nextBoolean() ? 0 : random.nextInt(1, 4), transaction, occurrences);
    }

    private NaiveStep.Pattern pattern(long cycles) {
        if (random.nextInt(3) == 0) {
            long period = 1 + random.nextLong(random.nextBoolean() ? Math.min(cycles, 12) : cycles + 5);
            return new NaiveStep.Run(random.nextLong(Play.MOST_A_CYCLE + 1), random.nextLong(period + 1), period);
        }
        long most = Play.MOST_A_CYCLE * cycles;
        return new NaiveStep.Uniform(random.nextLong((random.nextBoolean() ? most : Math.max(1, most / 50)) + 1));
    }
}
