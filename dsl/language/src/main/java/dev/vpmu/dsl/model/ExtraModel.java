package dev.vpmu.dsl.model;

import java.util.List;

/**
 * Events that need a value in a register of their own.
 *
 * @param name its name
 * @param interchangeable whether its rows are alternatives for one another
 * @param domain who shares the registers
 */
public record ExtraModel(String name, boolean interchangeable, Domain domain, List<ExtraRow> rows, Origin origin) {

    public ExtraModel {
        rows = List.copyOf(rows);
    }
}
