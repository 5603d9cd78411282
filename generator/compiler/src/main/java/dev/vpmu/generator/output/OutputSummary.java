package dev.vpmu.generator.output;

import java.util.List;

/**
 * What writing an {@link OutputFolder} did; paths are relative to the folder, with {@code /}, sorted.
 *
 * @param written   files that are new or have new bytes
 * @param unchanged files that had these bytes already and were not touched
 * @param removed   files of an earlier run that this run does not have
 * @param kept      such files that somebody has changed since; they are left, and no longer looked after
 */
public record OutputSummary(List<String> written, List<String> unchanged, List<String> removed, List<String> kept) {

    public OutputSummary {
        written = List.copyOf(written);
        unchanged = List.copyOf(unchanged);
        removed = List.copyOf(removed);
        kept = List.copyOf(kept);
    }
}
