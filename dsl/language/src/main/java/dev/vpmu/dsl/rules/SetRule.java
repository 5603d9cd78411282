package dev.vpmu.dsl.rules;

import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.pmu.PmuFile;
import java.util.List;

/** A rule about all files together. */
public non-sealed interface SetRule extends Rule {

    /** Reports what is wrong between the files. */
    void check(List<PmuFile> files, List<FlatPmu> pmus, Findings findings);
}
