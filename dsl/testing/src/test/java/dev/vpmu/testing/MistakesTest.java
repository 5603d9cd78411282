package dev.vpmu.testing;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.check.CheckResult;
import dev.vpmu.dsl.check.PmuChecker;
import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.rules.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several mistakes at once: each is reported, in its place and with what to do, and nothing else is. */
class MistakesTest {

    private static final Path PAGES = Path.of("..", "docs", "rules");

    /** Words of the implementation that no message may contain. */
    private static final List<String> FORBIDDEN = List.of("null", "RULE_", "EObject", "Impl", "Optional", "[]");

    @Test
    void twoOfSyntaxAndThreeOfMeaningInFiveElementsAreExactlyFive() {
        checkFive("""
                package mistakes
                bank gp     index 0
                bank fixed  indx 32            //! PMU0000 "indx" 'indx' cannot stand here, in bank fixed (line 3); did you mean 'index'?
                layout Select {
                    event  [7:0]   is event code
                    umask  [15:7]  is unit mask      //! PMU0101 "[15:7]" field 'umask' overlaps 'event' in bit 7 of Select
                    usr    [16]    is user mode
                    os     [17]    is kernel mode
                    int    [20]    is interrupt enable
                    en     [22]    is enable
                }
                pmu Part {
                    msr VALUE[gp]   0x0C1  is value
                    msr SELECT[gp]  0x186  is selector Selekt    //! PMU0001 "Selekt" layout 'Selekt' is not known here; did you mean
                }
                layout Status {
                    each gp { ovf  [0]  is overflow }
                    each fixed { ovf  0  is overflow }           //! PMU0000 "0" '[' is missing before '0'
                }
                pmu Loop extends Loop {                          //! PMU0006 "Loop" pmu 'Loop' extends itself
                }
                """);
    }

    @Test
    void aMissingBraceAndAWrongNumberDoNotHideThreeMistakesOfMeaning() {
        checkFive("""
                package mistakes
                bank gp  index 0
                layout First {
                    a  [0]
                    b  [1                            //! PMU0000 "1" ']' is missing after '1', in layout First
                }
                layout Second {
                    c  [0:3]                         //! PMU0104 "[0:3]" bits are written from high to low: [3:0]
                }
                layout Third 32 bits {
                    d  [33]                          //! PMU0102 "[33]" field 'd' reaches bit 33; Third has bits 31:0
                }
                pmu Part {
                    msr CONTROL  0x1G9  is control First     //! PMU0004 "G" 'G' is not a hexadecimal digit, in '0x1G9'
                }
                layout Second {                      //! PMU0002 "Second" the package already has layout 'Second'
                    e  [4]
                }
                """);
    }

    @Test
    void fiveInEventTablesAndCpusAreExactlyFive() {
        checkFive(COMPLETE + """
                events More for Cpu {
                    LOADS   = 0xD0:0x81 on gp[0..1] periode 100003   //! PMU0000 "periode" 'periode' cannot stand here, in events More
                    STORES  = 0xD0:0x82  on gpp              //! PMU0001 "gpp" bank 'gpp' is not known here; did you mean 'gp'?
                }
                layout Copy extends Select {
                    edge  [18]  is enable                //! PMU0103 "enable" field 'edge' holds the same bits of enable as 'en'
                }
                layout Round extends Round {             //! PMU0006 "Round" layout 'Round' extends itself
                }
                bank other  index 64x                    //! PMU0004 "x" 'x' is not a decimal digit
                """);
    }

    @Test
    void fiveInTwoFilesAreExactlyFive() {
        checkFive("""
                package mistakes.arch
                bank gp  index 0
                layout Select {
                    event  [7:0]   is event code
                    umask  [15:8]  is unit musk     //! PMU0000 "musk" 'musk' cannot stand here, in layout Select
                    usr    [16]    is user mode
                    os     [17]    is kernel mode
                    int    [20]    is interrupt enable
                    en     [22]    is enable
                }
                layout Control {
                    flag  [1]
                    more  [2:1]                     //! PMU0101 "[2:1]" field 'more' overlaps 'flag' in bit 1 of Control
                }
                pmu Base {
                    capability fast
                    msr VALUE[gp]   0x0C1  is value
                    msr SELECT[gp]  0x186  is selector Select
                }
                """, """
                package mistakes
                import mistakes.arch.*
                pmu Part extends Base {
                    has fats                        //! PMU0001 "fats" capability 'fats' is not known here; did you mean 'fast'?
                    counters gp  [0..3]
                }
                layout Wide {
                    high  [64]                      //! PMU0102 "[64]" field 'high' reaches bit 64; Wide has bits 63:0
                }
                events Table for Part {
                    CYCLES  = 0x3C:0x00  is
                                                    //! PMU0000 "is" something is missing after 'is', in events Table
                    OTHER   = 0x3D:0x00 (usr 1)
                }
                """);
    }

    @Test
    void whatAnUnreadElementDeclaresIsMissedInNeitherFile() {
        checkFive("""
                package mistakes.arch
                bank gp  index 0
                layout Select
                    event  [7:0]   is event code
                    umask  [15:8]  is unit mask
                    usr    [16]    is user mode
                }
                pmu Base {
                    msr SELECT[gp]  0x186  is selector Select
                    msr LOST        0x1D9  is plane        //! PMU0000 "plane" 'plane' cannot stand here, in pmu Base
                    version 0x1z                           //! PMU0004 "z" 'z' is not a hexadecimal digit, in '0x1z'
                }
                layout Reversed { a  [0:1] }               //! PMU0104 "[0:1]" bits are written from high to low: [1:0]
                """.replace("layout Select\n", "layout Select   //! PMU0000 \"Select\" '{' is missing after 'Select'\n"), """
                package mistakes
                import mistakes.arch.*
                pmu Part extends Base {
                    msr ALIAS  0x1DA  alias of LOST
                    msr OTHER[gp]  0x2DA  alias of SELECTOR   //! PMU0001 "SELECTOR" register 'SELECTOR' is not known here
                }
                events Table for Part {
                    CYCLES  = 0x3C:0x00 (usr 1)
                }
                """);
    }

    private static final String COMPLETE = """
            package mistakes
            bank gp  index 0  rdpmc 0x0000
            layout Select {
                event  [7:0]   is event code
                umask  [15:8]  is unit mask
                usr    [16]    is user mode
                os     [17]    is kernel mode
                int    [20]    is interrupt enable
                en     [22]    is enable
            }
            cpu Cpu {
                signature GenuineIntel family 6 model 0x0F
                version 1
                counters gp  [0..1]  width 40 bits
                msr VALUE[gp]   0x0C1  is value  write sign-extends 32 bits
                msr SELECT[gp]  0x186  is selector Select
                rdpmc type [31:16] index [15:0]  exit before fault
                pmi through LVTPC masks itself
                events Table
            }
            events Table for Cpu {
                CYCLES        = 0x3C:0x00  is cycles
                INSTRUCTIONS  = 0xC0:0x00  is instructions
            }
            """;

    private static void checkFive(String... texts) {
        List<Source> sources = new ArrayList<>();
        for (String text : texts) {
            sources.add(new Source("file" + sources.size() + ".pmu", text));
        }
        CheckResult result = ExpectedFindings.check(sources.toArray(Source[]::new));
        assertEquals(5, result.findings().size());
        result.findings().forEach(MistakesTest::assertPlain);
        assertTrue(result.model().isEmpty());
    }

    static Stream<Path> badFiles() throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".pmu")
                    && (file.endsWith("bad.pmu") || file.getParent().endsWith("bad"))).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void everyMessageIsPlain(Path file) throws IOException {
        PmuChecker.standalone().check(List.of(Source.read(file))).findings().forEach(MistakesTest::assertPlain);
    }

    private static void assertPlain(Finding finding) {
        String message = finding.message();
        assertAll(finding.toString(),
                () -> assertFalse(message.endsWith(".") || message.endsWith(" ") || message.isBlank(), "its end"),
                () -> assertEquals(List.of(), FORBIDDEN.stream().filter(message::contains).toList(), "words of the implementation"),
                () -> assertFalse(message.contains("\n"), "more than one line"),
                () -> assertTrue(finding.place().line() >= 1 && finding.place().length() >= 1, "its place"));
    }
}
