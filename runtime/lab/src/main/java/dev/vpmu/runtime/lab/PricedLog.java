package dev.vpmu.runtime.lab;

import dev.vpmu.runtime.costs.CostTable;
import dev.vpmu.runtime.machine.Machine;
import dev.vpmu.runtime.machine.MachineListener;
import dev.vpmu.runtime.machine.StepLog;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a machine does, as numbered lines; beside each that is a {@link CostStep} the step, and what it costs. */
public final class PricedLog {

    /** Digits of a line's number, at least. */
    private static final int NUMBER = 3;

    private final StepLog log;
    private final StepCounter counter;
    private final CostTable costs;
    private final String policy;
    private final List<String> lines = new ArrayList<>();

    /** A log of nothing yet. */
    public PricedLog(Machine machine, CostTable costs, String policy) {
        this.log = new StepLog(machine);
        this.counter = new StepCounter(machine.cpu());
        this.costs = costs;
        this.policy = policy;
    }

    /** What has been done. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Who is to hear of what is done: whatever it is, the log makes a line of it and the counter a step, if it is one. */
    public MachineListener listener() {
        return (MachineListener) Proxy.newProxyInstance(MachineListener.class.getClassLoader(), new Class<?>[] {MachineListener.class}, (proxy, method, arguments) -> {
            add(method, arguments);
            return null;
        });
    }

    private void add(Method method, Object[] arguments) throws ReflectiveOperationException {
        log.clear();
        method.invoke(log, arguments);
        method.invoke(counter, arguments);
        for (String what : log.lines()) {
            String line = String.format(Locale.ROOT, "%3d  %s", lines.size() + 1, what.substring(what.indexOf("  ", NUMBER) + 2));
            for (CostStep step : counter.take().steps().taken().keySet()) {
                line = String.format(Locale.ROOT, "%-76s %-14s %,12.1f", line, step.text(), costs.nanos(step.text(), policy));
            }
            lines.add(line);
        }
    }
}
