package dev.vpmu.cpus.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.EventContext;
import dev.vpmu.runtime.perf.OverflowHandler;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PinnedChoice;
import dev.vpmu.runtime.perf.UnschedulableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random reservations against host events of all kinds, by books that are kept of every piece of work. (domain.md §6.6, 1 to 5.) */
class RandomMasksTest {

    private static final int RUNS = "full".equals(System.getProperty("vpmu.effort")) ? 10_000 : 300;
    private static final int STEPS = 50;
    private static final int MOST_EVENTS = 12;

    @ParameterizedTest
    @EnumSource(PinnedChoice.class)
    void everyEventHasWhatItCountedAndNoneIsOnAReservedCounter(PinnedChoice choice) {
        for (long seed = 0; seed < RUNS; seed++) {
            OneRun run = new OneRun(choice, new Random(seed));
            int step = 0;
            try {
                for (; step < STEPS; step++) {
                    run.step();
                }
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(choice + ", seed " + seed + ", step " + step + ": " + failure.getMessage(), failure);
            }
        }
    }

    private static final class OneRun {

        private final PinnedChoice choice;
        private final Random random;
        private final Machine machine;
        private final EventContext task = EventContext.ofTask("task");
        private final NaiveHost host;
        private final NaiveGuest guest;
        private long reserved;

        OneRun(PinnedChoice choice, Random random) {
            this.choice = choice;
            this.random = random;
            machine = Machine.that(choice);
            machine.system.samplesPerTick(Integer.MAX_VALUE - 1);
            host = new NaiveHost(machine, task);
            guest = new NaiveGuest(machine, random);
            machine.perf.disable();
            machine.perf.enable();
        }

        void step() {
            boolean inside = random.nextInt(8) == 0;
            if (inside) {
                machine.perf.disable();
            }
            act();
            if (inside) {
                machine.perf.enable();
            }
            check();
            host.work(random.nextBoolean() ? Work.IN_KERNEL : Work.IN_USER_MODE);
            check();
            guest.work(reserved);
            check();
            if (random.nextBoolean()) {
                host.checkCounts();
            }
        }

        private void check() {
            host.check(reserved);
            guest.check();
        }

        private void act() {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> open();
                case 3 -> withAnEvent(event -> {
                    machine.perf.close(event);
                    host.closed(event);
                });
                case 4 -> withAnEvent(machine.perf::disable);
                case 5 -> withAnEvent(machine.perf::enable);
                case 6, 7, 8 -> mask(random.nextInt(4) == 0 ? 0 : random.nextLong() & random.nextLong() & Machine.ALL);
                case 9 -> rotate();
                case 10 -> schedule();
                default -> machine.perf.tick();
            }
        }

        private void withAnEvent(Consumer<PerfEvent> action) {
            List<PerfEvent> events = host.events();
            if (!events.isEmpty()) {
                action.accept(events.get(random.nextInt(events.size())));
            }
        }

        private void open() {
            List<PerfEvent> events = host.events();
            if (events.size() == MOST_EVENTS) {
                return;
            }
            EventAttributes.Builder attributes = anyAttributes();
            PerfEvent leader = events.isEmpty() ? null : events.get(random.nextInt(events.size())).leader();
            if (leader != null && random.nextInt(3) == 0) {
                try {
                    host.opened(machine.perf.open(leader, attributes.build(), OverflowHandler.NONE));
                } catch (UnschedulableException refusal) {
                    assertFalse(refusal.verdict().isFeasible(), refusal::getMessage);
                }
            } else {
                EventContext context = random.nextInt(3) == 0 ? task : machine.perf.cpuContext();
                host.opened(machine.perf.open(context, (random.nextInt(3) == 0 ? attributes.pinned() : attributes).build(), OverflowHandler.NONE));
            }
        }

        private EventAttributes.Builder anyAttributes() {
            EventAttributes.Builder attributes = Work.values()[random.nextInt(Work.values().length)].attributes();
            if (random.nextInt(3) == 0) {
                attributes.excludeGuest();
            }
            if (random.nextInt(5) == 0) {
                attributes.excludeHost();
            }
            if (random.nextInt(4) == 0) {
                attributes.excludeKernel();
            } else if (random.nextInt(4) == 0) {
                attributes.excludeUser();
            }
            if (random.nextInt(6) == 0) {
                attributes.disabled();
            }
            // all counts are multiples of 10, so that what is left of a period is never below the least that a counter takes
            return random.nextBoolean() ? attributes : attributes.period(10 * (3 + random.nextInt(150)));
        }

        private void schedule() {
            if (host.taskRuns()) {
                machine.perf.scheduleOut();
            } else {
                machine.perf.scheduleIn(task);
            }
            host.taskRuns(!host.taskRuns());
        }

        private void rotate() {
            machine.perf.rotate();
            host.checkNobodyWaitsInVain(reserved);
        }

        private void mask(long next) {
            guest.giveBack(reserved & ~next);
            List<PerfEvent> pinned = host.active(true);
            List<PerfEvent> inError = host.inError();
            // counters that came back are enabled with perf's next write: now
            machine.perf.disable();
            machine.perf.enable();
            Map<String, Long> registers = machine.registers();
            String states = host.events().toString();
            List<Long> counts = host.events().stream().map(PerfEvent::count).toList();
            if (machine.perf.mask(Machine.GUEST, next)) {
                checkErrors(inError, next);
                guest.take(next & ~reserved);
                reserved = next;
                if (next == 0) {
                    rotate();
                }
            } else {
                assertEquals(PinnedChoice.REFUSE_GUEST, choice);
                assertFalse(host.fit(pinned, next), () -> "refused without need: " + pinned + " beside " + Long.toHexString(next));
                assertEquals(registers, machine.registers());
                assertEquals(states, host.events().toString());
                assertEquals(counts, host.events().stream().map(PerfEvent::count).toList());
            }
        }

        /** Who is in error now has no place beside the pinned ones that are not; nobody is, where the guest would be refused. */
        private void checkErrors(List<PerfEvent> before, long next) {
            List<PerfEvent> erred = new ArrayList<>(host.inError());
            erred.removeAll(before);
            assertTrue(erred.isEmpty() || choice == PinnedChoice.EVICT_TO_ERROR, erred::toString);
            for (PerfEvent leader : erred) {
                assertFalse(host.fitWith(leader, host.active(true), next), () -> leader + " has a place");
            }
        }
    }
}
