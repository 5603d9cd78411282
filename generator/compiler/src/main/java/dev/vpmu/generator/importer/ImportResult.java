package dev.vpmu.generator.importer;

import java.util.List;

/**
 * What an import gives.
 *
 * @param files   one, or several if one would be longer than {@link ImportOptions#maximumLines}
 * @param remarks in the order of the vendor's file
 */
public record ImportResult(List<ImportedFile> files, List<Remark> remarks) {

    /** @param name the file's name, as in {@code BroadwellServerEvents.pmu} */
    public record ImportedFile(String name, String text) {
    }

    public ImportResult {
        files = List.copyOf(files);
        remarks = List.copyOf(remarks);
    }
}
