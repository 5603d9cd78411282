package dev.vpmu.generator.benchmarks;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.generator.emit.EmittedFile;
import dev.vpmu.generator.emit.java.JavaEmitter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Parse, link, resolve, check and emit, without reading or writing files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 8, time = 2)
@Measurement(iterations = 8, time = 2)
@Fork(2)
public class TextToJava {

    private static final int LARGE_TABLE = 2_500;

    private List<Source> shipped;
    private List<Source> large;
    private List<Source> mistaken;

    @Setup
    public void read() throws IOException {
        shipped = ShippedModels.sources();
        large = ShippedModels.withEvents(LARGE_TABLE);
        mistaken = large.stream().map(source -> new Source(source.name(), source.text().replaceAll("(EVENT_[1-5]00) = ", "$1 "))).toList();
        if (PmuChecker.standalone().check(shipped).failed() || PmuChecker.standalone().check(large).failed()) {
            throw new IllegalStateException("the models have errors: " + PmuChecker.standalone().check(large).findings().subList(0, 3));
        }
    }

    /** The shipped models to Java. */
    @Benchmark
    public List<EmittedFile> broadwellToJava() {
        return JavaEmitter.sources(PmuChecker.standalone().check(shipped).model().orElseThrow());
    }

    /** An event table of 2,500 rows, with the architecture and the CPU that it is for: parsed and checked. */
    @Benchmark
    public CheckResult checkLargeTable() {
        return PmuChecker.standalone().check(large);
    }

    /** The same with a sign missing in five rows. */
    @Benchmark
    public CheckResult checkLargeTableWithMistakes() {
        return PmuChecker.standalone().check(mistaken);
    }
}
