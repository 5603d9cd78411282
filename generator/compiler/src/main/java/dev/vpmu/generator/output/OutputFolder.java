package dev.vpmu.generator.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder of generated files. Files are collected in memory and then written all or not at all; a file that already has the
 * right bytes is not touched, so that a build with nothing changed changes nothing. Files of an earlier run that are no longer
 * made are removed, unless somebody has changed them. Nothing outside the folder is ever written.
 *
 * <p>Not for several threads, and not for two runs on one folder at a time.
 */
public final class OutputFolder {

    private final Path folder;
    private final Disk disk;
    private final SortedMap<OutputPath, byte[]> outputs = new TreeMap<>();
    private final Map<String, Owner> owners = new TreeMap<>();

    private record Owner(OutputPath path, String origin, boolean isFolder) {
    }

    /** @param folder where the files go; it need not exist yet */
    public OutputFolder(Path folder) {
        this(folder, new Disk());
    }

    OutputFolder(Path folder, Disk disk) {
        this.disk = disk;
        this.folder = folder.toAbsolutePath().normalize();
        owners.put(Manifest.NAME.sameFileKey(), new Owner(Manifest.NAME, "the list of outputs", false));
    }

    /**
     * Adds a file.
     *
     * @param path    relative to the folder, parts separated by {@code /}
     * @param content the text; line ends become {@code \n}, bytes are UTF-8
     * @param origin  what the file is made from, for messages: an element and where it is declared
     * @throws OutputException if the path could lead out of the folder or cannot be a file everywhere, or if another output has
     *                         it, also when the two differ only in case
     */
    public void add(String path, String content, String origin) {
        OutputPath output = OutputPath.of(path, origin);
        claim(output, origin, false);
        int slash = path.lastIndexOf('/');
        while (slash > 0) {
            claim(new OutputPath(path.substring(0, slash)), origin, true);
            slash = path.lastIndexOf('/', slash - 1);
        }
        outputs.put(output, content.replaceAll("\\r\\n?", "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes what was added.
     *
     * @throws OutputException if anything fails; the files are then as they were before
     */
    public OutputSummary write() {
        Transaction transaction = new Transaction(folder, disk);
        OutputSummary summary;
        try {
            summary = write(transaction);
        } catch (IOException e) {
            OutputException failure = new OutputException("nothing was written to " + folder + ": " + reason(e), e);
            transaction.rollBack(failure);
            throw failure;
        } catch (RuntimeException e) {
            transaction.rollBack(e);
            throw e;
        }
        transaction.close();
        summary.removed().forEach(path -> transaction.removeEmptyFolders(new OutputPath(path)));
        return summary;
    }

    private OutputSummary write(Transaction transaction) throws IOException {
        checkPlaces();
        Manifest earlier = Manifest.read(folder);
        List<String> written = new ArrayList<>();
        List<String> unchanged = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        List<OutputPath> stale = new ArrayList<>();
        Set<String> staleKeys = new TreeSet<>();
        SortedMap<OutputPath, String> digests = new TreeMap<>();
        for (OutputPath path : earlier.digests().keySet()) {
            checkWayTo(path);
            if (!outputs.containsKey(path) && isFile(path)) {
                boolean own = Manifest.digest(read(path)).equals(earlier.digests().get(path));
                (own ? removed : kept).add(path.text());
                if (own) {
                    stale.add(path);
                    staleKeys.add(path.sameFileKey());
                }
            }
        }
        List<OutputPath> changed = new ArrayList<>();
        for (Map.Entry<OutputPath, byte[]> output : outputs.entrySet()) {
            OutputPath path = output.getKey();
            digests.put(path, Manifest.digest(output.getValue()));
            // on a disk that ignores case the stale file may be this one
            boolean same = !staleKeys.contains(path.sameFileKey()) && isFile(path) && Arrays.equals(read(path), output.getValue());
            (same ? unchanged : written).add(path.text());
            if (!same) {
                checkOwn(path, earlier, staleKeys);
                changed.add(path);
            }
        }
        byte[] manifest = new Manifest(digests).bytes();
        if (!isFile(Manifest.NAME) || !Arrays.equals(read(Manifest.NAME), manifest)) {
            transaction.write(Manifest.NAME, manifest); // first: after a crash the next run still knows its own
        }
        for (OutputPath path : stale) {
            transaction.remove(path);
        }
        for (OutputPath path : changed) {
            transaction.write(path, outputs.get(path));
        }
        transaction.commit();
        return new OutputSummary(written, unchanged, removed, kept);
    }

    private void claim(OutputPath path, String origin, boolean isFolder) {
        Owner earlier = owners.putIfAbsent(path.sameFileKey(), new Owner(path, origin, isFolder));
        boolean sameFolder = earlier != null && isFolder && earlier.isFolder();
        if (earlier != null && !(sameFolder && earlier.path().equals(path))) {
            String how = earlier.path().equals(path) ? "" : " (other spelling: " + OutputPath.quoted(earlier.path().text()) + ")";
            throw new OutputException("two outputs at " + OutputPath.quoted(path.text()) + how + ": one from " + earlier.origin()
                    + ", one from " + origin + "; rename one of them");
        }
    }

    private void checkPlaces() throws IOException {
        for (Path path = folder; path != null; path = path.getParent()) {
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new OutputException("a folder is needed at " + path + ", where there is a file; move it away");
            }
        }
        checkWayTo(Manifest.NAME);
        for (OutputPath output : outputs.keySet()) {
            checkWayTo(output);
        }
    }

    /** A link below the folder could lead anywhere, so there may be none on the way. */
    private void checkWayTo(OutputPath output) throws IOException {
        Path path = folder;
        String[] names = output.text().split("/");
        for (int i = 0; i < names.length; i++) {
            path = path.resolve(names[i]);
            if (Files.isSymbolicLink(path)) {
                throw new OutputException(path + " is a symbolic link and could lead out of the output folder; remove it");
            }
            boolean last = i == names.length - 1;
            if (!last && Files.exists(path) && !Files.isDirectory(path)) {
                throw new OutputException("a folder is needed at " + path + ", where there is a file; move it away");
            }
            if (last && Files.exists(path) && !Files.isRegularFile(path)) {
                throw new OutputException("a file is to be written at " + path + ", where there is a folder; move it away");
            }
        }
    }

    private void checkOwn(OutputPath path, Manifest earlier, Set<String> staleKeys) {
        if (isFile(path) && !earlier.digests().containsKey(path) && !staleKeys.contains(path.sameFileKey())) {
            throw new OutputException(folder.resolve(path.text()) + " was not written by vpmu and differs from what "
                    + owners.get(path.sameFileKey()).origin() + " gives; move it away or delete it");
        }
    }

    private boolean isFile(OutputPath path) {
        return Files.isRegularFile(folder.resolve(path.text()), LinkOption.NOFOLLOW_LINKS);
    }

    private byte[] read(OutputPath path) throws IOException {
        return Files.readAllBytes(folder.resolve(path.text()));
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }
}
