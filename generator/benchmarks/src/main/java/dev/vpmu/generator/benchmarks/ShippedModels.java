package dev.vpmu.generator.benchmarks;

import dev.vpmu.dsl.check.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The texts that the benchmarks read, from the checkout that they are run in. */
final class ShippedModels {

    private static final Path MODELS = Path.of("examples", "cpus", "src", "main", "pmu");

    private ShippedModels() {
    }

    static Path folder() {
        if (!Files.isDirectory(MODELS)) {
            throw new IllegalStateException("run this from the root of the checkout: there is no " + MODELS + " here");
        }
        return MODELS;
    }

    static List<Source> sources() throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".pmu")).sorted().toList()) {
                sources.add(Source.read(file));
            }
        }
        return sources;
    }

    /** The shipped models with an event table of so many rows, of the same kinds as the vendor's, in the place of Broadwell's. */
    static List<Source> withEvents(int rows) throws IOException {
        StringBuilder table = new StringBuilder("package vpmu.intel\n\nimport vpmu.intel.arch.*\n\n"
                + "events BroadwellServerEvents for Broadwell from \"benchmark\" {\n"
                + "    CPU_CLK_UNHALTED.REF_TSC = fixed[2]  period 2000003  is reference cycles\n");
        for (int row = 1; row < rows; row++) {
            int code = 0x01 + row % 0x30;
            int umask = row / 0x30 % 0x100;
            table.append(String.format(java.util.Locale.ROOT, "    %s.EVENT_%d = 0x%02X:0x%02X (cmask %d%s)  on gp[0..3]  period %d  errata \"X%d\"%n",
                    row % 2 == 0 ? "MEM_LOAD_UOPS" : "BR_INST_EXEC", row, code, umask, 1 + row % 200, row % 3 == 0 ? ", inv" : "", 100_003 + row, row));
        }
        table.append("}\n");
        List<Source> sources = new ArrayList<>(sources());
        sources.replaceAll(source -> source.name().endsWith("BroadwellServerEvents.pmu") ? new Source(source.name(), table.toString()) : source);
        return sources;
    }
}
