package dev.vpmu.generator.perf.generated;

import dev.vpmu.runtime.perf.CounterGeometry;
import dev.vpmu.runtime.perf.PerfCore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a generated perf fills in, which only the library may call. */
final class PerfHooks {

    static final int USER = 1;
    static final int KERNEL = 2;
    static final int INTERRUPT = 4;

    private final PerfCore perf;
    private final Map<String, Method> methods = new HashMap<>();

    PerfHooks(PerfCore perf) {
        this.perf = perf;
        for (Class<?> type = perf.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                methods.putIfAbsent(method.getName(), method);
            }
        }
    }

    private Object call(String name, Object... arguments) {
        Method method = methods.get(name);
        method.setAccessible(true);
        try {
            return method.invoke(perf, arguments);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new AssertionError(e.getCause());
        }
    }

    CounterGeometry geometry() {
        return perf.geometry();
    }

    /** The counters that there are, by global index. */
    List<Integer> counters() {
        List<Integer> counters = new ArrayList<>();
        for (long rest = perf.geometry().counters(); rest != 0; rest &= rest - 1) {
            counters.add(Long.numberOfTrailingZeros(rest));
        }
        return counters;
    }

    long allowed(long config, int precise) {
        return (long) call("allowed", config, precise);
    }

    int traits(long config, int precise) {
        return (int) call("traits", config, precise);
    }

    long partner(long config, int precise) {
        return (long) call("partner", config, precise);
    }

    long leastPeriod(long config, int precise) {
        return (long) call("leastPeriod", config, precise);
    }

    long zeroBitsOfPeriod(long config, int precise) {
        return (long) call("zeroBitsOfPeriod", config, precise);
    }

    int extraRow(long config) {
        return (int) call("extraRow", config);
    }

    int extraRegister(int row) {
        return (int) call("extraRegister", row);
    }

    int extraAddress(int row) {
        return (int) call("extraAddress", row);
    }

    long extraValid(int row) {
        return (long) call("extraValid", row);
    }

    long extraCounters(int row) {
        return (long) call("extraCounters", row);
    }

    long extraConfig(int row, long config) {
        return (long) call("extraConfig", row, config);
    }

    int nextExtraRow(int row) {
        return (int) call("nextExtraRow", row);
    }

    boolean isExtraShared(int row) {
        return (boolean) call("isExtraShared", row);
    }

    int extraRegisters() {
        return (int) call("extraRegisters");
    }

    void start(int counter, long config, int modes) {
        call("start", counter, config, modes);
    }

    void stop(int counter, long config) {
        call("stop", counter, config);
    }

    long read(int counter) {
        return (long) call("read", counter);
    }

    void write(int counter, long value) {
        call("write", counter, value);
    }

    int width(int counter) {
        return (int) call("width", counter);
    }

    long longestPeriod(int counter) {
        return (long) call("longestPeriod", counter);
    }

    void disableAll(long precise) {
        call("disableAll", precise);
    }

    void enableAll(long counters, long precise) {
        call("enableAll", counters, precise);
    }

    void clearStatus(long counters) {
        call("clearStatus", counters);
    }

    int handlePmi(boolean enabled) {
        return (int) call("handlePmi", enabled);
    }
}
