package dev.vpmu.testing.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vpmu.dsl.PmuStandalone;
import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.policy.PolicyModel;
import dev.vpmu.dsl.pmu.Pmu;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.ModelResolver;
import dev.vpmu.testing.ExpectedFindings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.LazyStringInputStream;

/** A small cpu with a register of each kind, to which a test adds the policy that it is about. */
final class PolicySketch {

    private static final String PARTS = """
            package sketch
            bank gp     index 0   rdpmc 0x0000
            bank fixed  index 32  rdpmc 0x4000
            bank lbr
            layout Select {
                event  [7:0]    is event code
                umask  [15:8]   is unit mask
                usr    [16]     is user mode
                os     [17]     is kernel mode
                int    [20]     is interrupt enable
                any    [21]     is any thread
                en     [22]     is enable
                cmask  [31:24]  is threshold
            }
            layout Control {
                each fixed at 0 by 4 {
                    os   [0]  is kernel mode
                    usr  [1]  is user mode
                    any  [2]  is any thread
                    pmi  [3]  is interrupt enable
                }
            }
            layout Enables {
                each gp     { en  [0]  is enable }
                each fixed  { en  [0]  is enable }
            }
            layout Overflows {
                each gp     { ovf  [0]  is overflow }
                each fixed  { ovf  [0]  is overflow }
            }
            layout Features {
                wide     [13]  is capability wide
                records  [3:0] is capability records
            }
            layout Debug {
                branches  [0]  is branch enable
                other     [1]  when controls
            }
            pmu Base {
                version 2
                capability controls
                msr PMC[gp]       0x0C1  is value  write sign-extends 32 bits
                msr SEL[gp]       0x186  is selector Select
                msr FIXED[fixed]  0x309  is value
                msr FIXED_CTRL    0x38D  is selector Control
                msr STATUS        0x38E  is status Overflows  read-only
                msr ENABLE        0x38F  is enable Enables
                msr CLEAR         0x390  clears STATUS  reads 0
                msr WIDE_PMC[gp]  0x4C1  alias of PMC  write faults beyond width  when wide
                msr FEATURES      0x345  is capabilities Features  read-only
                msr DEBUGCTL      0x1D9  is control Debug
                msr PEBS          0x3F1  is precise enable
                msr LATENCY       0x3F6  is precise latency
                msr FROM[lbr]     0x680  is branch source
                rdpmc type [31:16] index [15:0]  exit before fault
                pmi through LVTPC masks itself
            }
            """;

    private static final String CPU = """
            cpu X extends Base {
                signature GenuineIntel family 6 model 0x0F
                counters gp     [0..3]  width 40 bits
                counters fixed  [0..1]  width 40 bits
                branch records lbr [0..3]
                events Needed
                policies %s
                %s
            }
            events Needed for Base {
                CYCLES        = 0x3C:0x00  is cycles
                INSTRUCTIONS  = 0xC0:0x00  is instructions
            }
            """;

    /** The rules about where bits live; they are asked about whole policies, in tests of their own. */
    private static final Set<String> LEAKS = Set.of("PMU0901", "PMU0914", "PMU0915", "PMU0916", "PMU0917");

    private PolicySketch() {
    }

    /** The last policy of the text on a cpu that has the capability {@code wide}. */
    static PolicyModel policy(String text) {
        return policy("has wide, records = 2", text);
    }

    /** The last policy of the text on a cpu that says so. */
    static PolicyModel policy(String cpu, String text) {
        String name = text.substring(text.lastIndexOf("policy ") + "policy ".length()).split("\\s")[0];
        List<PolicyModel> policies = resolved(text(name, cpu, text)).policies();
        return policies.get(policies.size() - 1);
    }

    /** The model of the cpu, whatever the rules say: what is resolved shows best in policies that nobody would want. */
    private static CpuModel resolved(String text) {
        XtextResource file = (XtextResource) PmuStandalone.get(XtextResourceSet.class).createResource(URI.createURI("sketch.pmu"));
        try {
            file.load(new LazyStringInputStream(text, "UTF-8"), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EcoreUtil.resolveAll(file);
        assertEquals(List.of(), file.getErrors());
        return ((PmuFile) file.getContents().get(0)).getElements().stream().filter(Pmu.class::isInstance).map(Pmu.class::cast)
                .filter(Pmu::isCpu).map(FlatPmu::new).map(ModelResolver::resolve).findFirst().orElseThrow();
    }

    /** Checks the text, and a cpu that uses the policies so, against the marks in the text. */
    static CheckResult check(String uses, String text) {
        return check(uses, "has wide, records = 2", text);
    }

    /** Checks the text, and a cpu that uses the policies so and says so, against the marks in them. */
    static CheckResult check(String uses, String cpu, String text) {
        return ExpectedFindings.check(LEAKS, new Source("sketch.pmu", text(uses, cpu, text)));
    }

    /** The whole file of a cpu that uses the policies so and says so, and of the text. */
    static String text(String uses, String cpu, String text) {
        return PARTS + CPU.formatted(uses, cpu) + text;
    }
}
