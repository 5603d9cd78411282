package dev.vpmu.generator.machine.conservation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vpmu.generator.emit.Effort;
import dev.vpmu.generator.machine.Design;
import dev.vpmu.generator.machine.HostCpu;
import dev.vpmu.generator.machine.conservation.GuestStage.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Over random schedules of hosts with guests, every party is told what its own work contained, and nothing of the others'. */
class GuestConservationTest {

    private static final int SCHEDULES = Effort.of(250, 25_000);
    private static final int OPERATIONS = 40;

    @ParameterizedTest(name = "{1}: guests and hosts are told what their own work contained, on {0}")
    @MethodSource(HostCpu.EACH_IN_BOTH_DESIGNS)
    void everyPartyIsToldWhatItsWorkContained(HostCpu cpu, Design design) {
        Tally tally = new Tally();
        for (int i = 0; i < SCHEDULES; i++) {
            long seed = Long.getLong("vpmu.seed", (cpu + " " + design).hashCode() * 1_000_003L + i);
            GuestScheduleDraw draw = new GuestScheduleDraw(cpu, design, new SplittableRandom(seed));
            List<GuestOperation> schedule = draw.schedule(OPERATIONS);
            Optional<Throwable> complaint = play(draw.setting(), schedule, tally);
            if (complaint.isPresent()) {
                fail("seed " + seed + ", " + draw.setting() + ": " + shrunk(draw.setting(), schedule, complaint.get()), complaint.get());
            }
        }
        System.out.println(cpu + ", " + design + ": " + tally);
        assertTrue(Long.getLong("vpmu.seed") != null || 2 * tally.busy > tally.exact, "most counters have nothing to tell: " + tally);
    }

    private static Optional<Throwable> play(Setting setting, List<GuestOperation> schedule, Tally tally) {
        try {
            GuestStage stage = new GuestStage(setting, tally);
            schedule.forEach(operation -> operation.on(stage));
            return Optional.empty();
        } catch (RuntimeException | AssertionError complaint) {
            return Optional.of(complaint);
        }
    }

    /** The shortest schedule that is found by leaving out operations of one that fails, with what it shows. */
    private static String shrunk(Setting setting, List<GuestOperation> schedule, Throwable complaint) {
        List<GuestOperation> shortest = new ArrayList<>(schedule);
        Throwable last = complaint;
        for (int i = shortest.size() - 1; i >= 0; i = Math.min(i, shortest.size()) - 1) {
            List<GuestOperation> shorter = new ArrayList<>(shortest);
            shorter.remove(i);
            Optional<Throwable> still = play(setting, shorter, new Tally());
            if (still.isPresent() && still.get().getClass() == complaint.getClass()) {
                shortest = shorter;
                last = still.get();
                i = shortest.size();
            }
        }
        return last + "\n" + shortest.stream().map(operation -> "  " + operation).collect(Collectors.joining("\n"));
    }
}
