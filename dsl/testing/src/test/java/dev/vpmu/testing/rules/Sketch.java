package dev.vpmu.testing.rules;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.testing.ExpectedFindings;

/** Complete small CPUs, to which a test adds what it is about. */
final class Sketch {

    /** A bank, a selector and what every cpu needs, as the part {@code Base}; the selector has fields that capabilities bring. */
    static final String BASE = """
            package sketch
            bank gp     index 0   rdpmc 0x0000
            bank fixed  index 32  rdpmc 0x4000
            bank lbr
            layout Select {
                event   [7:0]    is event code
                umask   [15:8]   is unit mask
                usr     [16]     is user mode
                os      [17]     is kernel mode
                edge    [18]     is edge detect
                int     [20]     is interrupt enable
                en      [22]     is enable
                inv     [23]     is invert
                cmask   [31:24]  is threshold
                in_tx   [32]     is in transaction   when rtm
                umask2  [47:40]  is unit mask [15:8] when umask2
            }
            layout Control {
                each fixed at 0 by 4 {
                    os   [0]  is kernel mode
                    usr  [1]  is user mode
                    any  [2]  is any thread  unless any_thread_deprecated
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
                frozen  [59]  is counters frozen
            }
            layout InUse {
                each gp     { used  [0]  is in use }
                each fixed  { used  [0]  is in use }
            }
            layout Debug {
                freeze_on_pmi  [12]
            }
            pmu Base {
                capability rtm
                capability umask2
                capability any_thread_deprecated
                msr PMC[gp]  0x0C1  is value
                msr SEL[gp]  0x186  is selector Select
                rdpmc type [31:16] index [15:0]  exit before fault
                pmi through LVTPC masks itself
            }
            pmu Global extends Base {
                version 2
                msr FIXED[fixed]   0x309  is value
                msr FIXED_CTRL     0x38D  is selector Control
                msr GLOBAL_STATUS  0x38E  is status Overflows  read-only
                msr GLOBAL_CTRL    0x38F  is enable Enables
                msr GLOBAL_CLEAR   0x390  clears GLOBAL_STATUS
                msr DEBUGCTL       0x1D9  is control Debug
            }
            """;

    /** A file that lists the two events that every cpu needs, for cpus to list. */
    static final String NEEDED = """
            events Needed for Base {
                CYCLES        = 0x3C:0x00  is cycles
                INSTRUCTIONS  = 0xC0:0x00  is instructions
            }
            """;

    private Sketch() {
    }

    /** Checks the base and {@code text} as one file against the marks in the text. */
    static CheckResult check(String text) {
        return ExpectedFindings.check(new Source("sketch.pmu", BASE + NEEDED + text));
    }

    /** A cpu of four counters named {@code X} that extends {@code Base} with the statements, and the events as a table of its own. */
    static String cpu(String statements, String events) {
        return """
                cpu X extends Base {
                    signature GenuineIntel family 6 model 0x0F
                    counters gp [0..3]  width 40 bits
                    events Needed, XEvents
                """ + statements + "\n}\nevents XEvents for X {\n" + events + "\n}\n";
    }

    /** As {@link #cpu(String, String)}, with nothing in the table. */
    static String cpu(String statements) {
        return cpu(statements, "");
    }
}
