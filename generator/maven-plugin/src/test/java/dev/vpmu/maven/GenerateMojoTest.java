package dev.vpmu.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateMojoTest {

    private static final String MODEL = """
            package acme

            bank gp  index 0  rdpmc 0

            layout Select {
                event  [7:0]   is event code
                umask  [15:8]  is unit mask
                usr    [16]    is user mode
                os     [17]    is kernel mode
                int    [20]    is interrupt enable
                en     [22]    is enable
            }

            pmu Base {
                msr VALUE[gp]   0xC1   is value  write truncates
                msr SELECT[gp]  0x186  is selector Select
                rdpmc type [31:16] index [15:0]  exit before fault
                pmi through LVTPC masks itself
            }

            cpu Widget extends Base {
                signature GenuineIntel family 6 model 0xF0
                version 1
                counters gp [0..1]  width 40 bits
                events Table
            }

            events Table for Base {
                CYCLES       = 0x3C:0x00  is cycles
                INSTRUCTIONS = 0xC0:0x00  is instructions
            }
            """;

    @TempDir
    private Path folder;
    private final MavenProject project = new MavenProject();
    private final GenerateMojo mojo = new GenerateMojo();
    private final List<String> errors = new ArrayList<>();

    @BeforeEach
    void configure() throws ReflectiveOperationException {
        set("project", project);
        set("sourceDirectory", folder.resolve("pmu").toFile());
        set("outputDirectory", folder.resolve("java").toFile());
        set("resourceDirectory", folder.resolve("resources").toFile());
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void error(CharSequence content) {
                errors.add(content.toString());
            }

            @Override
            public void info(CharSequence content) {
                // not of interest
            }
        });
    }

    private void set(String name, Object value) throws ReflectiveOperationException {
        var field = GenerateMojo.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(mojo, value);
    }

    private void write(String text) throws Exception {
        Files.createDirectories(folder.resolve("pmu/acme"));
        Files.writeString(folder.resolve("pmu/acme/Widget.pmu"), text);
    }

    @Test
    void theProjectCompilesTheSourcesAndShipsTheModels() throws Exception {
        write(MODEL);
        mojo.execute();
        assertTrue(Files.exists(folder.resolve("java/acme/Widget.java")));
        assertEquals(List.of(folder.resolve("java").toString()), project.getCompileSourceRoots());
        Resource models = project.getBuild().getResources().stream().filter(resource -> "META-INF/pmu".equals(resource.getTargetPath())).findFirst().orElseThrow();
        assertEquals(folder.resolve("pmu").toFile(), new File(models.getDirectory()));
    }

    @Test
    void fiveMistakesInFiveElementsFailTheBuildWithTheseFiveAndWriteNothing() throws Exception {
        write(MODEL.replace("bank gp  index 0", "bank gp  indx 0").replace("umask  [15:8]", "umask  [15:7]")
                .replace("pmi through LVTPC masks itself", "pmi through LVTPC masks").replace("width 40 bits", "width 99 bits")
                .replace("0xC0:0x00", "0x1C0:0x00"));
        MojoFailureException failure = assertThrows(MojoFailureException.class, mojo::execute);
        String file = folder.resolve("pmu/acme/Widget.pmu").toString();
        assertEquals(List.of("3:10 PMU0000", "7:12 PMU0101", "18:23 PMU0000", "24:31 PMU0301", "30:20 PMU0501"),
                errors.stream().map(line -> line.replace(file + ":", "").replaceFirst(": error (PMU\\d+).*", " $1")).toList(), errors.toString());
        assertTrue(failure.getMessage().startsWith("5 errors in "), failure.getMessage());
        assertFalse(Files.exists(folder.resolve("java")));
        assertFalse(Files.exists(folder.resolve("resources")));
    }

    @Test
    void aSkippedGoalDoesNothing() throws Exception {
        write("nonsense");
        set("skip", true);
        mojo.execute();
        assertEquals(List.of(), project.getCompileSourceRoots());
    }
}
