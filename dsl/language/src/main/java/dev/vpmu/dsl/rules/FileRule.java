package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.pmu.PmuFile;

/** A rule about what one file says by itself. */
public non-sealed interface FileRule extends Rule {

    /** Reports what is wrong in the file. */
    void check(PmuFile file, Findings findings);
}
