package dev.vpmu.generator.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

    @TempDir
    Path folder;

    @Test
    void filesAreWrittenAsUtf8WithUnixLineEnds() throws IOException {
        assertEquals(List.of("a/A.java", "b.txt"), write(folder, "a/A.java", "x\r\n\u00e9\ry\n", "b.txt", "").written());
        assertArrayEquals("x\n\u00e9\ny\n".getBytes("UTF-8"), Files.readAllBytes(folder.resolve("a/A.java")));
        assertEquals(List.of(".vpmu-outputs", "a/A.java", "b.txt"), files(folder));
    }

    @Test
    void whatIsUnchangedIsNotTouched() throws IOException {
        write(folder, "A", "1", "B", "1");
        age(folder);
        OutputSummary summary = write(folder, "A", "1", "B", "2");
        assertEquals(List.of("A"), summary.unchanged());
        assertEquals(List.of("B"), summary.written());
        assertEquals(LONG_AGO, Files.getLastModifiedTime(folder.resolve("A")));
        assertTrue(Files.getLastModifiedTime(folder.resolve("B")).compareTo(LONG_AGO) > 0);
        age(folder);
        write(folder, "A", "1", "B", "2");
        for (String file : files(folder)) {
            assertEquals(LONG_AGO, Files.getLastModifiedTime(folder.resolve(file)), file);
        }
    }

    @Test
    void aFileThatIsNoLongerMadeGoesAndItsEmptyFoldersToo() throws IOException {
        write(folder, "a/b/C", "1", "a/D", "1");
        assertEquals(List.of("a/b/C"), write(folder, "a/D", "1").removed());
        assertEquals(List.of(".vpmu-outputs", "a/D"), files(folder));
        assertTrue(Files.notExists(folder.resolve("a/b")));
    }

    @Test
    void aFileThatTheUserChangedIsKeptAndReportedOnce() throws IOException {
        write(folder, "A", "1", "B", "1");
        Files.writeString(folder.resolve("B"), "mine");
        assertEquals(List.of("B"), write(folder, "A", "1").kept());
        assertEquals("mine", Files.readString(folder.resolve("B")));
        assertEquals(List.of(), write(folder, "A", "1").kept());
    }

    @Test
    void aFileOfTheUsersIsNeitherRemovedNorOverwritten() throws IOException {
        Files.writeString(folder.resolve("Mine"), "mine");
        write(folder, "A", "1");
        write(folder, "B", "1");
        assertEquals(List.of(".vpmu-outputs", "B", "Mine"), files(folder));
        String message = refused(() -> write(folder, "B", "2", "Mine", "generated"));
        assertTrue(message.contains("Mine was not written by vpmu") && message.contains("cpu Mine"), message);
        assertEquals("1", Files.readString(folder.resolve("B")));
        assertEquals("mine", Files.readString(folder.resolve("Mine")));
    }

    @Test
    void aGeneratedFileThatWasChangedIsMadeAgain() throws IOException {
        write(folder, "A", "1");
        Files.writeString(folder.resolve("A"), "changed");
        assertEquals(List.of("A"), write(folder, "A", "1").written());
        assertEquals("1", Files.readString(folder.resolve("A")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/etc/passwd", "..", "../a", "a/../../b", "a/./b", "a//b", "a/", "C:/a", "C:a", "a\\b", "con", "CON.java", "a/nul.txt/b", "Aux", "com1.x.y", "LPT9",
            "a.", "a ", " a", "a\nb", "a\u0000b", "a|b", "a?b", "COM\u00b9", "\ud800", "conin$" })
    void aPathThatCouldLeadOutOrIsNoFileEverywhereIsRefused(String path) {
        String message = refused(() -> new OutputFolder(folder).add(path, "", "cpu Evil, evil.pmu:1"));
        assertTrue(message.contains("cpu Evil, evil.pmu:1"), message);
        assertTrue(message.chars().allMatch(c -> c >= ' ' && c < 0x7F), message);
    }

    @Test
    void twoOutputsAtOnePathAreRefusedWithBothOrigins() {
        for (String other : List.of("x/A.java", "X/a.JAVA", "x/A.java/b", "x", ".vpmu-OUTPUTS")) {
            OutputFolder output = new OutputFolder(folder);
            String message = refused(() -> {
                output.add("x/A.java", "", "cpu A, a.pmu:1");
                output.add(other, "", "cpu a, b.pmu:2");
            });
            assertTrue(message.contains("b.pmu:2") && (message.contains("a.pmu:1") || other.startsWith(".")), message);
        }
        OutputFolder output = new OutputFolder(folder);
        output.add("\u00e9", "", "a");
        assertTrue(refused(() -> output.add("e\u0301", "", "b")).contains("one from a, one from b"));
    }

    @Test
    void aLinkOnTheWayIsRefused() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("link"), outside);
        assertTrue(refused(() -> write(inside, "link/A", "1", "B", "1")).contains("symbolic link"));
        Files.createSymbolicLink(inside.resolve("A"), outside.resolve("A"));
        assertTrue(refused(() -> write(inside, "A", "1")).contains("symbolic link"));
        assertEquals(List.of(), files(outside));
        assertEquals(List.of(), files(inside).stream().filter(name -> !name.equals("A") && !name.startsWith("link")).toList());
    }

    @Test
    void aManifestThatLeadsOutIsRefused() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.writeString(folder.resolve("victim"), "1");
        write(inside, "A", "1");
        String manifest = Files.readString(inside.resolve(".vpmu-outputs"));
        Files.writeString(inside.resolve(".vpmu-outputs"), manifest.replace("  A", "  ../victim"));
        assertTrue(refused(() -> write(inside, "B", "1")).contains("leads out"));
        Files.writeString(inside.resolve(".vpmu-outputs"), manifest + "what is this\n");
        assertTrue(refused(() -> write(inside, "B", "1")).contains("what is this"));
        assertTrue(Files.exists(folder.resolve("victim")));
        assertTrue(Files.notExists(inside.resolve("B")));
    }

    @Test
    void aFileWhereAFolderIsNeededAndAFolderWhereAFileIs() throws IOException {
        Files.writeString(folder.resolve("a"), "");
        assertTrue(refused(() -> write(folder, "a/B", "1", "C", "1")).contains("folder is needed at"));
        Files.createDirectories(folder.resolve("d/e"));
        assertTrue(refused(() -> write(folder, "C", "1", "d", "1")).contains("there is a folder"));
        assertTrue(refused(() -> write(folder.resolve("a/b"), "C", "1")).contains("folder is needed at"));
        assertEquals(List.of("a"), files(folder));
    }

    @Test
    void whatFailsMidwayLeavesEverythingAsItWas() throws IOException {
        write(folder, "a/A", "old", "b/B", "old", "c/C", "old", "z/Z", "old");
        age(folder);
        List<String> before = files(folder);
        for (int failing = 1; ; failing++) {
            FailingDisk disk = new FailingDisk(failing);
            OutputFolder output = new OutputFolder(folder, disk);
            for (String[] file : new String[][] { { "a/A", "new" }, { "b/B", "old" }, { "c/C", "new" }, { "n/e/w", "new" } }) {
                output.add(file[0], file[1], "cpu");
            }
            if (disk.survives(output)) {
                assertEquals(15, failing - 1, "changes to the disk, each of which failed once");
                break;
            }
            assertEquals(before, files(folder), "failing at " + failing);
            for (String file : before) {
                assertEquals(LONG_AGO, Files.getLastModifiedTime(folder.resolve(file)), file + " failing at " + failing);
            }
            assertEquals("old", Files.readString(folder.resolve("a/A")));
            assertTrue(Files.notExists(folder.resolve("n")));
        }
        assertEquals(List.of(".vpmu-outputs", "a/A", "b/B", "c/C", "n/e/w"), files(folder));
    }

    /** A disk on which the change of that number fails, counted from 1; undoing works. */
    private static final class FailingDisk extends Disk {
        private final int failing;
        private int changes;
        private boolean committed;

        FailingDisk(int failing) {
            this.failing = failing;
        }

        boolean survives(OutputFolder output) {
            try {
                output.write();
                return true;
            } catch (OutputException e) {
                assertTrue(e.getMessage().contains("nothing was written") && e.getMessage().contains("disk full"), e.getMessage());
                assertEquals(0, e.getSuppressed().length);
                return false;
            }
        }

        private void change() throws IOException {
            if (++changes == failing && !committed) {
                throw new IOException("disk full");
            }
        }

        @Override
        void createFolder(Path path) throws IOException {
            change();
            super.createFolder(path);
        }

        @Override
        void write(Path file, byte[] bytes) throws IOException {
            change();
            super.write(file, bytes);
        }

        @Override
        void copy(Path from, Path to) throws IOException {
            change();
            super.copy(from, to);
        }

        @Override
        void replace(Path from, Path to) throws IOException {
            change();
            super.replace(from, to);
        }

        @Override
        void delete(Path path) throws IOException {
            committed |= path.toString().endsWith(".new") || path.toString().endsWith(".old");
            change();
            super.delete(path);
        }
    }

    @Test
    void aFullDiskLeavesEverythingAsItWas() throws IOException {
        try (FileSystem small = Jimfs.newFileSystem(Configuration.unix().toBuilder().setBlockSize(512).setMaxSize(8192).build())) {
            Path root = small.getPath("/out");
            write(root, "A", "1", "B", "1");
            String message = refused(() -> write(root, "A", "2", "B", "2", "C/D", "x".repeat(10_000)));
            assertTrue(message.contains("nothing was written"), message);
            assertEquals(List.of(".vpmu-outputs", "A", "B"), files(root));
            assertEquals("1", Files.readString(root.resolve("A")));
        }
    }

    @Test
    void onADiskThatIgnoresCaseARenamedOutputSurvives() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path root = windows.getPath("C:\\out");
            write(root, "vpmu/Foo.java", "1");
            write(root, "vpmu/foo.java", "1");
            assertEquals("1", Files.readString(root.resolve("vpmu\\foo.java")));
            write(root, "vpmu/foo.java", "2", "vpmu/Bar.java", "1");
            assertEquals("2", Files.readString(root.resolve("vpmu\\FOO.java")));
            assertEquals(List.of("vpmu/Bar.java"), write(root, "vpmu/foo.java", "2").removed());
        }
    }

    @Test
    void theManifestIsSortedAndTheSameInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            write(folder, "i/I", "1", "b", "2", "a", "3");
        } finally {
            Locale.setDefault(before);
        }
        List<String> lines = Files.readAllLines(folder.resolve(".vpmu-outputs"));
        assertEquals(List.of("a", "b", "i/I"), lines.subList(1, lines.size()).stream().map(line -> line.substring(66)).toList());
    }

    private static OutputSummary write(Path folder, String... pathsAndTexts) {
        OutputFolder output = new OutputFolder(folder);
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            output.add(pathsAndTexts[i], pathsAndTexts[i + 1], "cpu " + pathsAndTexts[i]);
        }
        return output.write();
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static String refused(Attempt attempt) {
        return assertThrows(OutputException.class, attempt::run).getMessage();
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file)).map(file -> folder.relativize(file).toString().replace('\\', '/')).sorted().toList();
        }
    }

    private static void age(Path folder) throws IOException {
        for (String file : files(folder)) {
            Files.setLastModifiedTime(folder.resolve(file), LONG_AGO);
        }
    }
}
