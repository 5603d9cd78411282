package dev.vpmu.generator;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.model.PmuModel;
import dev.vpmu.generator.emit.EmittedFile;
import dev.vpmu.generator.emit.java.JavaEmitter;
import dev.vpmu.generator.output.OutputFolder;
import dev.vpmu.generator.output.OutputSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** From {@code .pmu} files to Java: the one way in for Maven, the command line and editors. */
public final class PmuCompiler {

    private final PmuChecker checker;

    /** A compiler that checks with {@code checker}. */
    public PmuCompiler(PmuChecker checker) {
        this.checker = checker;
    }

    /** A compiler for programs that do not run in Eclipse. */
    public static PmuCompiler standalone() {
        return new PmuCompiler(PmuChecker.standalone());
    }

    /**
     * Checks the files and, when there is no error, writes what they generate. With an error nothing is written and nothing
     * that was written before is touched.
     *
     * @throws IOException if a file cannot be read
     * @throws dev.vpmu.generator.output.OutputException if the output cannot be written whole
     */
    public CompilationResult compile(CompilationRequest request) throws IOException {
        List<Source> sources = PmuFiles.inFolders(request.sourceFolders());
        List<Source> library = PmuFiles.inLibraries(request.libraries());
        CheckResult check = checker.check(sources, library);
        if (check.failed()) {
            return new CompilationResult(check, Optional.empty(), Optional.empty());
        }
        PmuModel model = check.model().orElseThrow();
        OutputSummary java = write(JavaEmitter.sources(model), request.javaFolder());
        OutputSummary resources = write(JavaEmitter.resources(model), request.resourceFolder());
        return new CompilationResult(check, Optional.of(java), Optional.of(resources));
    }

    private static OutputSummary write(List<EmittedFile> files, Path folder) {
        OutputFolder output = new OutputFolder(folder);
        files.forEach(file -> output.add(file.path(), file.content(), file.origin()));
        return output.write();
    }
}
