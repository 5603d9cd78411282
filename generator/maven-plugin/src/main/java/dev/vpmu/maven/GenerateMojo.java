package dev.vpmu.maven;

import dev.vpmu.dsl.rules.Finding;
import dev.vpmu.dsl.rules.Severity;
import dev.vpmu.generator.CompilationRequest;
import dev.vpmu.generator.CompilationResult;
import dev.vpmu.generator.PmuCompiler;
import dev.vpmu.generator.output.OutputException;
import dev.vpmu.generator.output.OutputSummary;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;

/**
 * Checks a project's {@code .pmu} files and writes the Java that they describe; the files themselves go into the project's jar
 * under {@code META-INF/pmu}, where dependent projects' files can refer to them.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true,
        requiresDependencyResolution = ResolutionScope.COMPILE)
public final class GenerateMojo extends AbstractMojo {

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** The folder with the {@code .pmu} files. */
    @Parameter(property = "vpmu.sourceDirectory", defaultValue = "${project.basedir}/src/main/pmu", required = true)
    private File sourceDirectory;

    /** Where the Java sources go; the project compiles them. */
    @Parameter(property = "vpmu.outputDirectory", defaultValue = "${project.build.directory}/generated-sources/vpmu", required = true)
    private File outputDirectory;

    /** Where the generated resources go; the project's jar contains them. */
    @Parameter(property = "vpmu.resourceDirectory", defaultValue = "${project.build.directory}/generated-resources/vpmu", required = true)
    private File resourceDirectory;

    /** Does nothing. */
    @Parameter(property = "vpmu.skip", defaultValue = "false")
    private boolean skip;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("vpmu.skip is set: nothing is generated");
            return;
        }
        CompilationResult result = compile();
        result.messages().forEach(finding -> log(result, finding));
        if (result.failed()) {
            long errors = result.count(Severity.ERROR);
            throw new MojoFailureException(errors + (errors == 1 ? " error" : " errors") + " in " + sourceDirectory + "; nothing was generated");
        }
        OutputSummary java = result.java().orElseThrow();
        getLog().info(result.check().model().orElseThrow().cpus().size() + " CPUs: " + java.written().size() + " files written, "
                + java.unchanged().size() + " unchanged, " + java.removed().size() + " removed");
        java.kept().forEach(kept -> getLog().warn("not removed, because it was changed by hand: " + kept));
        project.addCompileSourceRoot(outputDirectory.getPath());
        addResource(resourceDirectory, null);
        addResource(sourceDirectory, "META-INF/pmu");
    }

    private CompilationResult compile() throws MojoExecutionException, MojoFailureException {
        List<Path> libraries = project.getArtifacts().stream().map(Artifact::getFile).map(File::toPath).toList();
        try {
            return PmuCompiler.standalone().compile(new CompilationRequest(List.of(sourceDirectory.toPath()), libraries,
                    outputDirectory.toPath(), resourceDirectory.toPath()));
        } catch (OutputException e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (IOException e) {
            throw new MojoExecutionException("cannot read the .pmu files: " + e.getMessage(), e);
        }
    }

    private void log(CompilationResult result, Finding finding) {
        String line = result.check().show(finding);
        switch (finding.severity()) {
            case ERROR -> getLog().error(line);
            case WARNING -> getLog().warn(line);
            case INFORMATION -> getLog().debug(line);
        }
    }

    private void addResource(File directory, String targetPath) {
        Resource resource = new Resource();
        resource.setDirectory(directory.getPath());
        resource.setTargetPath(targetPath);
        resource.addExclude(".vpmu-outputs");
        project.addResource(resource);
    }
}
