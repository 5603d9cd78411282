package dev.vpmu.runtime.lab.scenario;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.lab.PricedLog;
import dev.vpmu.runtime.lab.Result;
import dev.vpmu.runtime.lab.Scenario;
import dev.vpmu.runtime.lab.Traffic;
import dev.vpmu.runtime.vpmu.VpmuDesign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A guest updates one register once, between two milliseconds of work: what does it take, from the instruction on until the guest goes on, and
 * does its counter count right?
 *
 * @param update what it updates
 * @param watchdog whether the host's NMI watchdog is on
 */
public record UpdateScenario(RegisterUpdate update, boolean watchdog) implements Scenario {

    @Override
    public String name() {
        return update.text() + (watchdog ? Scenarios.WATCHDOG : "");
    }

    @Override
    public boolean isUpdate() {
        return true;
    }

    @Override
    public Result run(Cpu cpu, VpmuDesign design) {
        UpdatingGuest guest = new UpdatingGuest(cpu, design, watchdog, update.isOfFixed());
        guest.work();
        Traffic traffic = guest.traffic(() -> update.make(guest));
        guest.work();
        Result.Count count = guest.count();
        Map<String, Long> losses = guest.carriedOut() > 0 && count.told() == count.counted() - guest.carriedOut() ? Map.of(Watch.NOT_ACCOUNTED, guest.carriedOut()) : Map.of();
        return new Result(this, design.name(), traffic, guest.nanos(), List.of(count), losses, Result.HostEvents.NONE);
    }

    /** The update as a numbered list: each access and each step with whose it is, and what {@code costs} says that it costs. */
    public List<String> list(Cpu cpu, VpmuDesign design, CostTable costs) {
        UpdatingGuest guest = new UpdatingGuest(cpu, design, watchdog, update.isOfFixed());
        guest.work();
        PricedLog log = new PricedLog(guest.machine(), costs, design.name());
        guest.listen(log.listener(), () -> update.make(guest));
        List<String> lines = new ArrayList<>();
        lines.add(name() + " under " + design + ", step by step; prices " + costs.name() + (costs.isFitted() ? ", FITTED" : "") + ", in ns");
        lines.addAll(log.lines());
        return List.copyOf(lines);
    }
}
