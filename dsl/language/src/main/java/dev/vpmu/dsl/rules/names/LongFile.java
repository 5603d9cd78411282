package dev.vpmu.dsl.rules.names;

import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.rules.FileRule;
import dev.vpmu.dsl.rules.Findings;
import dev.vpmu.dsl.rules.RuleFacts;
import dev.vpmu.dsl.rules.Severity;
import org.eclipse.xtext.nodemodel.ICompositeNode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;

/** A file that is too long to read. */
public final class LongFile implements FileRule {

    private static final int MOST_LINES = 5000;

    @Override
    public RuleFacts facts() {
        return new RuleFacts("PMU0005", Severity.INFORMATION, "A file has at most 5,000 lines.");
    }

    @Override
    public void check(PmuFile file, Findings findings) {
        ICompositeNode node = NodeModelUtils.getNode(file);
        long lines = node == null ? 0 : node.getRootNode().getText().lines().count();
        if (lines > MOST_LINES) {
            findings.report(file.getName() == null ? Places.startOf(file.eResource())
                    : Places.of(file, PmuPackage.eINSTANCE.getPmuFile_Name()), "the file has " + lines + " lines; split it, for example into one file for each event table");
        }
    }
}
