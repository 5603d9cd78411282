package dev.vpmu.generator.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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
    private final Disk disk;
    private final List<Step> changes = new ArrayList<>();
    private final Deque<Step> undo = new ArrayDeque<>();
    private final List<Path> temporary = new ArrayList<>();
    private final Deque<Path> createdFolders = new ArrayDeque<>();

    Transaction(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Prepares {@code path} to get {@code bytes}. */
    void write(OutputPath path, byte[] bytes) throws IOException {
        Path target = folder.resolve(path.text());
        createFolders(target.getParent());
        Path fresh = beside(target, path, ".new");
        disk.write(fresh, bytes);
        Step restore = Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? restore(target, path) : () -> disk.delete(target);
        changes.add(() -> {
            disk.replace(fresh, target);
            undo.push(restore);
        });
    }

    /** Prepares {@code path} to go. */
    void remove(OutputPath path) throws IOException {
        Path target = folder.resolve(path.text());
        Step restore = restore(target, path);
        changes.add(() -> {
            disk.delete(target);
            undo.push(restore);
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
        temporary.forEach(path -> steps.add(() -> disk.delete(path)));
        createdFolders.forEach(path -> steps.add(() -> disk.delete(path)));
        runAll(steps).forEach(cause::addSuppressed);
    }

    /** Takes the copies away after a commit; one that stays is overwritten by a later run. */
    void close() {
        runAll(temporary.stream().<Step>map(path -> () -> disk.delete(path)).toList());
    }

    /** Folders in which a removed file was the last one go with it. */
    void removeEmptyFolders(OutputPath path) {
        for (Path parent = folder.resolve(path.text()).getParent(); !parent.equals(folder); parent = parent.getParent()) {
            try {
                disk.delete(parent);
            } catch (IOException e) {
                return; // in use
            }
        }
    }

    private static List<IOException> runAll(List<Step> steps) {
        List<IOException> failures = new ArrayList<>();
        for (Step step : steps) {
            try {
                step.run();
            } catch (IOException e) {
                failures.add(e);
            }
        }
        return failures;
    }

    private Step restore(Path target, OutputPath path) throws IOException {
        Path copy = beside(target, path, ".old");
        disk.copy(target, copy);
        return () -> disk.replace(copy, target);
    }

    private void createFolders(Path parent) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = parent; path != null && !Files.exists(path, LinkOption.NOFOLLOW_LINKS); path = path.getParent()) {
            missing.push(path);
        }
        for (Path path : missing) {
            disk.createFolder(path);
            createdFolders.push(path);
        }
    }

    /** Of one length whatever the target's name is, and the same in every run, so that a killed run leaves nothing for long. */
    private Path beside(Path target, OutputPath path, String ending) {
        String digest = Manifest.digest(path.text().getBytes(StandardCharsets.UTF_8));
        Path beside = target.resolveSibling(".vpmu-" + digest.substring(0, 16) + ending);
        temporary.add(beside);
        return beside;
    }
}
