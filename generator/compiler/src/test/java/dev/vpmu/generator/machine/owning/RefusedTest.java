package dev.vpmu.generator.machine.owning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.perf.PerfEvent.State;
import dev.vpmu.runtime.vpmu.VcpuPort.EventStep;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A policy that evicts nobody: a guest whose counter the host keeps for a pinned event (domain.md §6.7, acquire). */
class RefusedTest {

    private static final long SELECTOR = Intel.selector(Work.BRANCHES);
    private static final int PINNED = 1;

    private final Stage stage = Stage.with(OwnedCpu.oneLine(), "Refusable");
    private final PerfEvent pinned = stage.open(stage.first, Stage.misses().counters(1L << PINNED).pinned());
    private final OwningGuest guest = stage.guest();

    @Test
    void aRefusedCounterReadsBackAndNeverCounts() {
        guest.enable(1L << PINNED);
        guest.select(PINNED, SELECTOR, 17);
        assertEquals(List.of(EventStep.REFUSED), stage.happenings.steps());
        assertEquals(0, Stage.reserved(stage.first));
        guest.work(Work.of(100, 50).misses(5));
        stage.work(stage.first, Work.of(100, 0).misses(42));
        assertEquals(SELECTOR, guest.rdmsr(Intel.EVENTSEL + PINNED));
        assertEquals(17, guest.value(PINNED));
        assertEquals(42, pinned.read(), "the host's event does not know");
        assertEquals(PINNED, pinned.counter());
    }

    @Test
    void oneRefusedCounterDoesNotKeepOthersFromBeingOwned() {
        guest.select(PINNED, SELECTOR, 17);
        guest.select(0, SELECTOR, 0);
        guest.wrmsr(Intel.FIXED_CTR_CTRL, 0x3);
        long owned = 1L << Intel.FIXED | 1;
        assertEquals(owned, Stage.reserved(stage.first));
        stage.idle(stage.first);
        assertEquals(0, Stage.reserved(stage.first));
        stage.schedule(stage.first, guest);
        assertEquals(owned, Stage.reserved(stage.first), "asked for together, they are given one by one");
        assertEquals(State.ACTIVE, pinned.state());
    }

    @Test
    void onceTheHostHasNoUseForItTheGuestGetsItWhenItIsLoadedAgain() {
        guest.enable(1L << PINNED);
        guest.select(PINNED, SELECTOR, 17);
        stage.tick(stage.first);
        stage.first.perf().close(pinned);
        stage.idle(stage.first);
        stage.schedule(stage.first, guest);
        assertEquals(1L << PINNED, Stage.reserved(stage.first));
        guest.work(Work.of(100, 50));
        assertEquals(67, guest.value(PINNED));
    }

    @Test
    void aRefusedCounterThatIsDisabledIsNotAskedForAgain() {
        guest.select(PINNED, SELECTOR, 17);
        guest.wrmsr(Intel.EVENTSEL + PINNED, SELECTOR & ~Intel.ENABLE);
        stage.tick(stage.first);
        stage.first.perf().close(pinned);
        stage.idle(stage.first);
        stage.schedule(stage.first, guest);
        assertEquals(0, Stage.reserved(stage.first));
        assertEquals(1, stage.happenings.steps().size());
    }
}
