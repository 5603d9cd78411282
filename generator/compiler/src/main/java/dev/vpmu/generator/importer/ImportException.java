package dev.vpmu.generator.importer;

import java.util.List;

/** A vendor's file with values that cannot be right; nothing is imported. Each problem names the event and the field. */
public final class ImportException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    ImportException(String file, List<String> problems) {
        super(file + " cannot be imported:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
