package dev.vpmu.eclipse.editor;

import dev.vpmu.dsl.ide.highlighting.PmuStyles;
import org.eclipse.jface.resource.ColorRegistry;
import org.eclipse.jface.util.IPropertyChangeListener;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.ui.PlatformUI;

/** Looks styles up in the workbench's colours, where themes and preferences change them. */
final class StyleColours {
    static final String PREFIX = "dev.vpmu.eclipse.";

    /** How the piece is painted, or null if it has no colour of its own. */
    static StyleRange paint(StyledPiece piece) {
        if (!PmuStyles.COLOURED.contains(piece.style())) {
            return null;
        }
        int font = piece.style().equals(PmuStyles.KEYWORD) ? SWT.BOLD : SWT.NORMAL;
        return new StyleRange(piece.offset(), piece.length(), registry().get(PREFIX + piece.style()), null, font);
    }

    static void addListener(IPropertyChangeListener listener) {
        registry().addListener(listener);
    }

    static void removeListener(IPropertyChangeListener listener) {
        if (PlatformUI.isWorkbenchRunning()) {
            registry().removeListener(listener);
        }
    }

    private static ColorRegistry registry() {
        return PlatformUI.getWorkbench().getThemeManager().getCurrentTheme().getColorRegistry();
    }

    private StyleColours() {
    }
}
