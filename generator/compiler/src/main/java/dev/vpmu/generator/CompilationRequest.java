package dev.vpmu.generator;

import java.nio.file.Path;
import java.util.List;

/**
 * What to compile, and where to.
 *
 * @param sourceFolders the folders whose {@code .pmu} files are checked and written as Java
 * @param libraries jars or folders whose {@code META-INF/pmu} holds files that the sources may refer to
 * @param javaFolder the folder for Java sources
 * @param resourceFolder the folder for what else belongs on the class path
 */
public record CompilationRequest(List<Path> sourceFolders, List<Path> libraries, Path javaFolder, Path resourceFolder) {

    public CompilationRequest {
        sourceFolders = List.copyOf(sourceFolders);
        libraries = List.copyOf(libraries);
    }
}
