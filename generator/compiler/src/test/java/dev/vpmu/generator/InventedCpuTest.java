package dev.vpmu.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.generator.emit.MemoryCompiler;
import dev.vpmu.runtime.cpu.CounterBank;
import dev.vpmu.runtime.cpu.Cpu;
import dev.vpmu.runtime.cpu.PmuEvent;
import dev.vpmu.runtime.cpu.RegisterElement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CPU that nobody makes, unlike any that is shipped; the expected values are worked out by hand from the text. */
public class InventedCpuTest {

    /** The CPU's text. */
    public static final String ODD = """
            package invented

            bank alpha  index 0   rdpmc 0x00
            bank beta   index 40  rdpmc 0x10
            bank trail

            layout Pick reserved ignored {
                what   [3:0]    is event code [3:0]
                sub    [11:4]   is unit mask
                u      [12]     is user mode
                k      [13]     is kernel mode
                i      [14]     is interrupt enable
                on     [15]     is enable
                t      [19:16]  is threshold
                more   [23:20]  is event code [7:4]
                extra  [30]     on alpha[2]  when special
                gone   [31]     when lost
            }
            layout Steady {
                each beta at 4 by 8 {
                    k  [0]    is kernel mode
                    u  [1]    is user mode
                    i  [2]    is interrupt enable
                    x  [5:3]
                }
            }
            layout Enables {
                each alpha  { on  [0]  is enable }
                each beta   { on  [0]  is enable }
            }
            layout Overflows {
                each alpha  { over  [0]  is overflow }
                each beta   { over  [0]  is overflow }
            }
            layout Parts {
                one  [15:0]
                two  [31:16]
            }

            /** Odd in every way. */
            cpu Odd {
                signature Acme family 0x1F model 1..3, 7 stepping 2
                version 2
                counters alpha  [0, 2..4] with smt, [0..5] without smt  width 37 bits
                counters beta   [0..1]                                  width 37 bits
                capability lost
                has special = 5

                cpuid 0xB0 subleaf 2 {
                    EAX [7:0]    version
                    EAX [15:8]   number of alpha
                    EBX [5:0]    width of beta
                    ECX [11:4]   present alpha
                    EDX [31:28]  capability special
                }

                msr A_PICK[alpha]   0x700  by 3  is selector Pick
                msr A_COUNT[alpha]  0x701  by 3  is value  write truncates
                msr A_LOW[alpha 0, 2]  0x720  alias of A_COUNT  write faults beyond width
                msr B_COUNT[beta]   0x750        is value  write truncates
                msr B_STEADY        0x760        is selector Steady
                msr G_ENABLE        0x761        is enable Enables  reset alpha
                msr G_STATUS        0x762        is status Overflows  read-only
                msr G_CLEAR         0x763        clears G_STATUS  reads 0
                msr PARTS           0x764        is metrics Parts
                msr NEED            0x765        is extra
                msr T_FROM[trail]   0x770        is branch source

                branch records trail [0..3]
                rdpmc type [31:8] index [7:0]  exit before fault
                pmi through LVTPC stays unmasked

                extra need {
                    0x9A:0x05  uses NEED  valid 0xFF
                }
                constraints {
                    0x9A       on alpha[2..5]
                    any (t 3)  within alpha[0..4]
                }
                events OddEvents
            }

            events OddEvents for Odd {
                TICKS      = beta[0]            is cycles
                OPS        = 0x12:0x34          is instructions
                ODD.ONE    = 0x9A:0x05 (t 3)    with need 0x2A  period 1000
                STEADY.X   = beta[1] (x 6)
                HALF       = PARTS.two
            }
            """;

    @TempDir
    private Path folder;
    private ClassLoader classes;
    private Cpu cpu;

    @BeforeEach
    void compile() throws Exception {
        ModelFolder models = new ModelFolder(folder);
        models.write("invented/Odd.pmu", ODD);
        CompilationResult result = models.compile();
        assertFalse(result.failed(), () -> result.messages().stream().map(result.check()::show).toList().toString());
        classes = MemoryCompiler.load(models.classes());
        cpu = (Cpu) classes.loadClass("invented.Odd").getDeclaredConstructor().newInstance();
    }

    private PmuEvent event(String name) {
        return cpu.events().find(name).orElseThrow();
    }

    @Test
    void gapsAndStatesOfSmtAreItsOwn() {
        assertEquals(List.of(new CounterBank("alpha", 0, 0, 37, 0b01_1101, 0b11_1111), new CounterBank("beta", 40, 0x10, 37, 0b11, 0b11),
                new CounterBank("trail", -1, -1, 0, 0b1111, 0b1111)), cpu.banks());
        assertTrue(cpu.isSignature("Acme", 0x1F, 7, 2));
        assertFalse(cpu.isSignature("Acme", 0x1F, 4, 2));
        assertFalse(cpu.isSignature("Acme", 0x1F, 7, 3));
    }

    @Test
    void leavesHoldWhatTheFileAsksFor() {
        assertEquals(0x0402, cpu.cpuid(0xB0, 2, true).eax());
        assertEquals(0x0602, cpu.cpuid(0xB0, 2, false).eax());
        assertEquals(37, cpu.cpuid(0xB0, 2, true).ebx());
        assertEquals(0b01_1101 << 4, cpu.cpuid(0xB0, 2, true).ecx());
        assertEquals(0b11_1111 << 4, cpu.cpuid(0xB0, 2, false).ecx());
        assertEquals(0x5000_0000, cpu.cpuid(0xB0, 2, true).edx());
        assertEquals(0, cpu.cpuid(0xB0, 0, true).eax());
    }

    @Test
    void stridesInterleave() {
        List<String> low = cpu.registers().stream().filter(register -> register.address() >= 0x700 && register.address() < 0x720)
                .map(register -> Long.toHexString(register.address()) + " " + register.name() + (register.withoutSmtOnly() ? "*" : "")).toList();
        assertEquals(List.of("700 A_PICK[0]", "701 A_COUNT[0]", "703 A_PICK[1]*", "704 A_COUNT[1]*", "706 A_PICK[2]", "707 A_COUNT[2]", "709 A_PICK[3]",
                "70a A_COUNT[3]", "70c A_PICK[4]", "70d A_COUNT[4]", "70f A_PICK[5]*", "710 A_COUNT[5]*"), low);
        assertEquals(List.of("A_LOW[0]", "A_LOW[2]"), cpu.registers().stream().map(RegisterElement::name).filter(name -> name.startsWith("A_LOW")).toList());
    }

    @Test
    void eventCodesAreSpreadOverTheirSlices() {
        assertEquals(0x93_005AL, event("ODD.ONE").encoding());
        assertEquals(0x10_0342L, event("OPS").encoding());
        assertEquals("NEED", event("ODD.ONE").extraRegister());
        assertEquals(0x2A, event("ODD.ONE").extraValue());
    }

    @Test
    void countersFollowConstraintsAndGlobalIndexes() {
        assertEquals(0b01_1100, event("ODD.ONE").counters());
        assertEquals(0b11_1111, event("OPS").counters());
        assertEquals(1L << 40, event("TICKS").counters());
        assertEquals(1L << 41, event("STEADY.X").counters());
    }

    @Test
    void settingsOfAFixedCounterStandInItsOwnPartOfTheControl() {
        assertEquals(6L << 4 + 8 + 3, event("STEADY.X").encoding());
    }

    @Test
    void aMetricIsAFieldOfItsRegister() {
        assertEquals(PmuEvent.Kind.METRIC, event("HALF").kind());
        assertEquals(0xFFFF_0000L, event("HALF").encoding());
        assertEquals("PARTS", event("HALF").extraRegister());
    }

    @Test
    void accessorsKnowTheFieldsThatExistHere() throws Exception {
        Class<?> pick = classes.loadClass("invented.OddLayouts$Pick");
        assertEquals(0x90_0000L, pick.getMethod("more", long.class, long.class).invoke(null, 0L, 9L));
        assertEquals(true, pick.getMethod("extra", long.class).invoke(null, 1L << 30));
        assertFalse(List.of(pick.getMethods()).stream().anyMatch(method -> method.getName().equals("gone")));
        Class<?> steady = classes.loadClass("invented.OddLayouts$Steady");
        assertEquals(5L, steady.getMethod("beta__x", long.class, int.class).invoke(null, 5L << 15, 1));
    }
}
