package org.quantumhub.shared.service;

import java.io.File;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.quantumhub.shared.HubException;
import org.quantumhub.shared.ProblemCode;

/// Objects as files below a folder that all servers share. A file appears under its name when it is complete.
final class FileObjects implements ObjectStore {

    private static final int PAGE = 1000;

    private final Path folder;

    FileObjects(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public void put(String path, byte[] content) {
        Path file = file(path);
        try {
            Files.createDirectories(file.getParent());
            Path part = Files.createTempFile(file.getParent(), ".", ".part");
            try {
                Files.write(part, content);
                move(part, file);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public byte[] get(String path) {
        try {
            return Files.readAllBytes(file(path));
        } catch (NoSuchFileException e) {
            throw new HubException(ProblemCode.NOT_FOUND, "There is no such object.", e);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void delete(Collection<String> paths) {
        try {
            for (String path : paths) {
                Files.deleteIfExists(file(path));
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void walk(String kind, Consumer<List<Stored>> pages) {
        Path top = folder.resolve(kind);
        if (!Files.isDirectory(top)) {
            return;
        }
        List<Stored> page = new ArrayList<>();
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String path = folder.relativize(file).toString().replace(File.separatorChar, '/');
                    if (attributes.isRegularFile() && ObjectPaths.isPath(path)) {
                        page.add(new Stored(path, attributes.lastModifiedTime().toInstant()));
                    }
                    if (page.size() == PAGE) {
                        pages.accept(List.copyOf(page));
                        page.clear();
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
                    if (gone instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw gone;
                }
            });
        } catch (IOException e) {
            throw unavailable(e);
        }
        if (!page.isEmpty()) {
            pages.accept(page);
        }
    }

    private Path file(String path) {
        return folder.resolve(ObjectPaths.checked(path));
    }

    private static HubException unavailable(IOException cause) {
        return new HubException(
                ProblemCode.UNAVAILABLE, "The object store cannot be reached; please try again.", cause);
    }
}
