package dev.vpmu.runtime.equivalence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Runs guests' programs on hardware alone and on a virtual PMU, under random preemption, returns to user space, migration, host events and
 * their PMIs, and other guests. Every value read, every fault and every PMI with its place must be the same; the host's events count
 * what the host has worked; and the invariants of the design hold after each operation.
 */
public final class Comparison {

    private static final int OPERATIONS = 80;
    private static final int MOST_TRIES = 20_000;

    private final Subject subject;
    private final Served served;
    private final Tally tally = new Tally();

    /** Of one virtual PMU. */
    public Comparison(Subject subject) {
        this.subject = subject;
        this.served = new Served(subject);
    }

    /** What is not served, and so is in no program. */
    public Served served() {
        return served;
    }

    /** What was compared until now. */
    public Tally tally() {
        return tally;
    }

    /**
     * Runs schedules until guests have done so many operations, or until something is wrong.
     *
     * @param seed the first schedule's; {@code -Dvpmu.seed=…} runs that one alone
     * @return what is wrong, with the shortest schedule found that shows it
     */
    public Optional<String> run(long seed, long operations) {
        Long only = Long.getLong("vpmu.seed");
        for (long next = only != null ? only : seed; tally.programs < operations; next++) {
            Optional<Found> found = find(next);
            if (found.isPresent() || only != null) {
                return found.map(Found::text);
            }
        }
        return Optional.empty();
    }

    /**
     * Looks for a mistake that is known to be there in so many schedules, and returns what shows it in the fewest operations.
     *
     * @param seed the first schedule's
     */
    public Optional<String> shortest(long seed, int schedules) {
        Found shortest = null;
        for (long next = seed; next < seed + schedules; next++) {
            Found found = find(next).orElse(null);
            if (found != null && (shortest == null || found.operations().size() < shortest.operations().size())) {
                shortest = found;
            }
        }
        return Optional.ofNullable(shortest).map(Found::text);
    }

    private Optional<Found> find(long seed) {
        ScheduleDraw draw = new ScheduleDraw(subject, served, new SplittableRandom(seed));
        List<Operation> schedule = draw.schedule(OPERATIONS);
        return play(draw.setting(), schedule, tally).map(complaint -> shrunk(subject + ", seed " + seed, draw.setting(), schedule, complaint));
    }

    /** A mistake, and the operations that show it. */
    private record Found(String where, Complaint complaint, List<Operation> operations) {

        String text() {
            return where + ": " + complaint.text() + "\n" + operations.stream().map(operation -> "  " + operation).collect(Collectors.joining("\n"));
        }
    }

    /**
     * What was found wrong.
     *
     * @param after how many operations had been begun
     */
    private record Complaint(String text, int after) {
    }

    private static Optional<Complaint> play(Stage.Setting setting, List<Operation> schedule, Tally tally) {
        Stage stage = new Stage(setting);
        Invariants invariants = new Invariants(stage);
        tally.schedules++;
        int at = 0;
        try {
            while (at < schedule.size()) {
                Operation operation = schedule.get(at++);
                if (operation.program() != null) {
                    Optional<Complaint> difference = compare(stage, operation, at, tally);
                    if (difference.isPresent()) {
                        return difference;
                    }
                } else {
                    tally.disturbances++;
                    operation.host().accept(stage);
                }
                invariants.check();
            }
            for (HostEvent event : stage.events) {
                stage.at(event);
                event.check();
                tally.hostReads++;
                tally.busyHostReads += event.event.read() > 0 ? 1 : 0;
            }
            tally.hostPmis += stage.nmis;
            return Optional.empty();
        } catch (AssertionError | RuntimeException wrong) {
            StackTraceElement[] trace = wrong.getStackTrace();
            return Optional.of(new Complaint(wrong instanceof AssertionError ? wrong.getMessage() : wrong + (trace.length == 0 ? "" : " at " + trace[0]), at));
        }
    }

    private static Optional<Complaint> compare(Stage stage, Operation operation, int at, Tally tally) {
        Alone alone = stage.alone.get(operation.guest());
        Virtual virtual = stage.guests.get(operation.guest());
        if (operation.cpu() >= 0) {
            stage.bring(virtual, operation.cpu());
            stage.checkErrors();
        }
        alone.begin();
        virtual.begin();
        operation.program().accept(alone);
        operation.program().accept(virtual);
        tally.programs++;
        tally.words += alone.journal.size();
        tally.pmis += alone.journal.pmis();
        tally.faults += alone.journal.faults();
        return alone.journal.isSame(virtual.journal) ? Optional.empty()
                : Optional.of(new Complaint("guest " + operation.guest() + " " + virtual.journal + "; on hardware of its own it " + alone.journal, at));
    }

    /** The shortest schedule that is found by leaving out operations of one that fails, until none can be left out. */
    private static Found shrunk(String where, Stage.Setting setting, List<Operation> schedule, Complaint complaint) {
        List<Operation> shortest = new ArrayList<>(schedule.subList(0, complaint.after()));
        Complaint last = complaint;
        int tries = 0;
        int size;
        do {
            size = shortest.size();
            for (int piece = Math.max(1, size / 2); piece >= 1; piece /= 2) {
                for (int i = shortest.size() - piece; i >= 0 && tries < MOST_TRIES; i--) {
                    List<Operation> shorter = new ArrayList<>(shortest);
                    shorter.subList(i, i + piece).clear();
                    tries++;
                    Optional<Complaint> still = play(setting, shorter, new Tally());
                    if (still.isPresent()) {
                        shortest = new ArrayList<>(shorter.subList(0, still.get().after()));
                        last = still.get();
                        i = Math.min(i, shortest.size() - piece + 1);
                    }
                }
            }
        } while (shortest.size() < size);
        return new Found(where + ", " + setting.cpus() + " CPUs, skid " + setting.skid(), last, shortest);
    }
}
