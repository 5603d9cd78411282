package dev.vpmu.eclipse;

import dev.vpmu.eclipse.project.ProjectModels;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.Plugin;
import org.eclipse.core.runtime.Status;
import org.osgi.framework.BundleContext;

/** Owns what lives as long as the plug-in: the language's services and the parsed projects. */
public final class PmuPlugin extends Plugin {
    public static final String ID = "dev.vpmu.eclipse";

    private static PmuPlugin plugin;
    private PmuLanguage language;
    private ProjectModels projects;

    @Override
    public void start(BundleContext context) throws Exception {
        super.start(context);
        plugin = this;
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        synchronized (this) {
            if (projects != null) {
                projects.close();
            }
            if (language != null) {
                language.close();
            }
        }
        plugin = null;
        super.stop(context);
    }

    /** The language's services; set up when first asked for. */
    public static PmuLanguage language() {
        return plugin.getOrCreateLanguage();
    }

    /** The parsed projects; set up when first asked for. */
    public static ProjectModels projects() {
        return plugin.getOrCreateProjects();
    }

    /** Writes a failure of our own to the workbench's log. */
    public static void log(String message, Throwable cause) {
        Platform.getLog(PmuPlugin.class).log(new Status(IStatus.ERROR, ID, message, cause));
    }

    private synchronized PmuLanguage getOrCreateLanguage() {
        if (language == null) {
            language = new PmuLanguage();
        }
        return language;
    }

    private synchronized ProjectModels getOrCreateProjects() {
        if (projects == null) {
            projects = new ProjectModels(getOrCreateLanguage());
        }
        return projects;
    }
}
