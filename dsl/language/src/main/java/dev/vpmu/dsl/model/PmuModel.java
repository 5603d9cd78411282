package dev.vpmu.dsl.model;

import java.util.List;

/**
 * Everything that the checked files say, worked out: what emitters and users' rules get.
 *
 * Records all the way down, immutable, without a trace of the syntax tree. Inheritance is flattened, arrays are expanded, guards are
 * decided; lists are in the order of the files; masks are words over global counter indexes (counter i of a bank is bit
 * {@link BankModel#firstIndex() firstIndex} + i) and, like every {@code long} here, unsigned.
 *
 * @param cpus every {@code cpu}, in the order of the files
 * @param costs every table of costs, in the order of the files
 */
public record PmuModel(List<CpuModel> cpus, List<CostModel> costs) {

    public PmuModel {
        cpus = List.copyOf(cpus);
        costs = List.copyOf(costs);
    }

    /** A model without costs. */
    public PmuModel(List<CpuModel> cpus) {
        this(cpus, List.of());
    }
}
