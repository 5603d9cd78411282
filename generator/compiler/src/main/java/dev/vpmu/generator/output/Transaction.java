package dev.vpmu.generator.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Changes of several files, done together: everything new is first written beside its place, and every old file copied beside
 * its own, so that what is left to do is to rename. What fails is undone.
 */
final class Transaction {

    private interface Step {
        void run() throws IOException;
    }

    private final Path folder;
    private final List<Step> changes = new ArrayList<>();
    private final Deque<Step> undo = new ArrayDeque<>();
    private final List<Path> temporary = new ArrayList<>();
    private final Deque<Path> createdFolders = new ArrayDeque<>();

    Transaction(Path folder) {
        this.folder = folder;
    }

    /** Prepares {@code path} to get {@code bytes}. */
    void write(OutputPath path, byte[] bytes) throws IOException {
        Path target = folder.resolve(path.text());
        createFolders(target.getParent());
        Path fresh = beside(target, path, ".new");
        temporary.add(fresh);
        Files.deleteIfExists(fresh);
        Files.write(fresh, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Step restore = Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? restore(target, copy(target, path)) : () -> Files.deleteIfExists(target);
        changes.add(() -> {
            undo.push(restore);
            replace(fresh, target);
        });
    }

    /** Prepares {@code path} to go. */
    void remove(OutputPath path) throws IOException {
        Path target = folder.resolve(path.text());
        Step restore = restore(target, copy(target, path));
        changes.add(() -> {
            undo.push(restore);
            Files.delete(target);
        });
    }

    void commit() throws IOException {
        for (Step change : changes) {
            change.run();
        }
    }

    /** Puts everything back and takes the copies away; what cannot be put back is added to {@code cause}. */
    void rollBack(Exception cause) {
        List<Step> steps = new ArrayList<>(undo);
        temporary.forEach(path -> steps.add(() -> Files.deleteIfExists(path)));
        createdFolders.forEach(path -> steps.add(() -> Files.deleteIfExists(path)));
        for (Step step : steps) {
            try {
                step.run();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    /** Takes the copies away after a commit; one that stays is overwritten by a later run. */
    void close() {
        List<IOException> harmless = new ArrayList<>();
        for (Path path : temporary) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                harmless.add(e);
            }
        }
    }

    /** Folders in which a removed file was the last one go with it. */
    void removeEmptyFolders(OutputPath path) {
        for (Path parent = folder.resolve(path.text()).getParent(); !parent.equals(folder); parent = parent.getParent()) {
            try {
                Files.delete(parent);
            } catch (IOException e) {
                return; // in use, or already gone
            }
        }
    }

    private Path copy(Path target, OutputPath path) throws IOException {
        Path copy = beside(target, path, ".old");
        temporary.add(copy);
        Files.copy(target, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        return copy;
    }

    private static Step restore(Path target, Path copy) {
        return () -> replace(copy, target);
    }

    private static void replace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void createFolders(Path parent) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = parent; path != null && !Files.exists(path, LinkOption.NOFOLLOW_LINKS); path = path.getParent()) {
            missing.push(path);
        }
        for (Path path : missing) {
            Files.createDirectory(path);
            createdFolders.push(path);
        }
    }

    /** Of one length whatever the target's name is, and the same in every run, so that a killed run leaves nothing for long. */
    private static Path beside(Path target, OutputPath path, String ending) {
        String digest = Manifest.digest(path.text().getBytes(StandardCharsets.UTF_8));
        return target.resolveSibling(".vpmu-" + digest.substring(0, 16) + ending);
    }
}
