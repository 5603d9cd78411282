package dev.vpmu.eclipse.editor;

import dev.vpmu.eclipse.PmuPlugin;
import dev.vpmu.eclipse.project.ProjectModel;
import org.eclipse.core.filebuffers.FileBuffers;
import org.eclipse.core.filebuffers.ITextFileBuffer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.IPath;
import org.eclipse.emf.common.util.URI;
import org.eclipse.jface.text.IDocument;

/** The workspace file behind a document. */
record ModelFile(IFile file, URI uri) {

    /** The file, or null if the document shows something that is not in the workspace. */
    static ModelFile of(IDocument document) {
        ITextFileBuffer buffer = document == null ? null : FileBuffers.getTextFileBufferManager().getTextFileBuffer(document);
        IPath path = buffer == null ? null : buffer.getLocation();
        if (path == null || path.segmentCount() < 2) {
            return null;
        }
        IFile file = ResourcesPlugin.getWorkspace().getRoot().getFile(path);
        return file.exists() ? new ModelFile(file, URI.createPlatformResourceURI(file.getFullPath().toString(), true)) : null;
    }

    ProjectModel model() {
        return PmuPlugin.projects().of(file);
    }
}
