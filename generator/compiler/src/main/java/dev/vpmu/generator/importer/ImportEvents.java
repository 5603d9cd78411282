package dev.vpmu.generator.importer;

import dev.vpmu.generator.importer.ImportResult.ImportedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a {@code .pmu} event file from the command line; see {@code generator/docs/importer.md}. */
public final class ImportEvents {

    private ImportEvents() {
    }

    /**
     * @param args the vendor's file, the options, and the folder that the table is written to
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: ImportEvents <vendor's _core.json> <options.json> <folder>");
            System.exit(2);
        }
        try {
            ImportResult result = PerfmonImporter.importEvents(Path.of(args[0]), ImportOptions.read(Path.of(args[1])));
            Path folder = Files.createDirectories(Path.of(args[2]));
            for (ImportedFile file : result.files()) {
                Files.writeString(folder.resolve(file.name()), file.text());
                System.out.println("wrote " + file.name());
            }
            result.remarks().forEach(System.out::println);
        } catch (ImportException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
