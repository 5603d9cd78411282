package dev.vpmu.generator.benchmarks;

import dev.vpmu.generator.CompilationRequest;
import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.PmuCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One compilation of the shipped models in a JVM of its own, for timing from outside:
 * {@code time java -cp generator/benchmarks/target/benchmarks.jar dev.vpmu.generator.benchmarks.ColdStart OUTPUT_FOLDER}.
 */
public final class ColdStart {

    private ColdStart() {
    }

    /** Compiles into the folder that is given and prints how many files were written. */
    public static void main(String[] arguments) throws IOException {
        Path output = Path.of(arguments[0]);
        CompilationResult result = PmuCompiler.standalone().compile(new CompilationRequest(List.of(ShippedModels.folder()), List.of(),
                output.resolve("java"), output.resolve("resources")));
        System.out.println(result.java().orElseThrow().written().size() + " files written");
    }
}
