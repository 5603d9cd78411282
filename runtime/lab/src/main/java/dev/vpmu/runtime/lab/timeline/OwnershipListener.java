package dev.vpmu.runtime.lab.timeline;

import dev.vpmu.runtime.lab.timeline.CounterOwnership.Mark;
import dev.vpmu.runtime.lab.timeline.CounterOwnership.Span;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.PhysicalCpu;
import dev.vpmu.runtime.machine.Vcpu;
import dev.vpmu.runtime.perf.PerfEvent;
import dev.vpmu.runtime.vpmu.OwningPmu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Watches who has a CPU and its counters. A counter is a host event's, by what perf says, or a guest's, by what is reserved. */
final class OwnershipListener implements MachineListener {

    private record Holder(String owner, String how) {
    }

    private final PhysicalCpu cpu;
    private final List<Vcpu> vcpus;
    private final List<Integer> counters;
    private final Map<Integer, PerfEvent> placed = new HashMap<>();
    private final Map<PerfEvent, String> names = new HashMap<>();
    private final Holder[] holders;
    private final long[] since;
    private final List<Span> spans = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private HostThread thread;

    /** For one CPU, from now on; {@code counters} are the global indexes of lanes 1 and on. */
    OwnershipListener(PhysicalCpu cpu, List<Vcpu> vcpus, List<Integer> counters) {
        this.cpu = cpu;
        this.vcpus = vcpus;
        this.counters = counters;
        this.holders = new Holder[counters.size() + 1];
        this.since = new long[counters.size() + 1];
    }

    /** What an event of the host's is called; others by what they count. */
    void name(PerfEvent event, String name) {
        names.put(event, name);
    }

    /** Whatever has changed has changed now. */
    void look() {
        holds(0, thread == null ? new Holder(CounterOwnership.HOST, "the host's own work") : new Holder(thread.name(), "runs"));
        for (int lane = 1; lane < holders.length; lane++) {
            holds(lane, holder(counters.get(lane - 1)));
        }
    }

    private Holder holder(int counter) {
        if ((cpu.perf().reservedCounters() >>> counter & 1) != 0) {
            for (Vcpu vcpu : vcpus) {
                if (vcpu.pmu() instanceof OwningPmu owning && (owning.owned() >>> counter & 1) != 0) {
                    return new Holder(vcpu.name(), "owned by the guest");
                }
            }
        }
        PerfEvent event = placed.get(counter);
        if (event == null) {
            return null;
        }
        String context = event.context().name();
        boolean ofGuest = vcpus.stream().anyMatch(vcpu -> vcpu.name().equals(context));
        return ofGuest ? new Holder(context, "host event made for the guest") : new Holder(CounterOwnership.HOST, names.getOrDefault(event, event.name()));
    }

    private void holds(int lane, Holder now) {
        Holder before = holders[lane];
        if (before == null ? now == null : before.equals(now)) {
            return;
        }
        close(lane);
        holders[lane] = now;
        since[lane] = cpu.nanos();
    }

    private void close(int lane) {
        if (holders[lane] != null && since[lane] < cpu.nanos()) {
            spans.add(new Span(lane, holders[lane].owner(), holders[lane].how(), since[lane], cpu.nanos()));
        }
    }

    /** Nothing comes any more; all spans. */
    List<Span> end() {
        for (int lane = 0; lane < holders.length; lane++) {
            close(lane);
            holders[lane] = null;
        }
        return spans;
    }

    List<Mark> marks() {
        return marks;
    }

    @Override
    public void placed(PhysicalCpu where, PerfEvent event, int counter) {
        if (where == cpu) {
            placed.values().removeIf(other -> other == event);
            if (counter >= 0) {
                placed.put(counter, event);
            }
        }
    }

    @Override
    public void entered(Vcpu vcpu) {
        look();
    }

    @Override
    public void scheduled(PhysicalCpu where, HostThread next) {
        if (where == cpu) {
            thread = next;
        }
    }

    @Override
    public void interrupted(PhysicalCpu where, boolean inGuest, int handled) {
        if (where == cpu) {
            marks.add(new Mark("PMI, taken by the host", cpu.nanos()));
        }
    }

    @Override
    public void injected(Vcpu vcpu) {
        marks.add(new Mark("PMI, given to " + vcpu.name(), cpu.nanos()));
    }
}
