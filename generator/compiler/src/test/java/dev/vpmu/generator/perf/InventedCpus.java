package dev.vpmu.generator.perf;

import dev.vpmu.generator.hardware.naive.DescribedCpu;
import dev.vpmu.generator.hardware.suite.PmuUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** CPUs that nobody makes, with events that compete for counters; their texts lie beside the suite of the hardware. */
public final class InventedCpus {

    private InventedCpus() {
    }

    /** Nothing on it has a name that another CPU's has. */
    public static DescribedCpu fivefold() {
        return described("Fivefold");
    }

    /** Sets of counters that overlap, so that assignment has to come back to what it chose. */
    public static DescribedCpu overlap() {
        return described("Overlap");
    }

    /** Eight counters in either state of SMT. */
    public static DescribedCpu eight() {
        return described("Eight");
    }

    /** Broadwell-EP, which is shipped, and the invented ones. */
    public static List<DescribedCpu> withBroadwell() {
        return List.of(new DescribedCpu("vpmu.intel", "BroadwellEP", "", null), fivefold(), overlap(), eight());
    }

    private static DescribedCpu described(String name) {
        try (InputStream text = PmuUnderTest.class.getResourceAsStream(name + ".pmu")) {
            return new DescribedCpu("suite", name, new String(text.readAllBytes(), StandardCharsets.UTF_8), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
