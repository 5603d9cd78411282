package dev.vpmu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vpmu.dsl.check.Source;
import dev.vpmu.dsl.model.Clock;
import dev.vpmu.dsl.model.ClockEventModel;
import dev.vpmu.dsl.model.ClocksModel;
import dev.vpmu.dsl.model.CountedEvent;
import dev.vpmu.dsl.model.CountedEvent.Occurrences;
import dev.vpmu.dsl.model.CountedEvent.Own;
import dev.vpmu.dsl.model.CountedEvent.Ticks;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.FixedEventModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which event codes are a clock's ticks, and what counters count that have no event code. */
class CountedEventsTest {

    private static final String FAMILY = """
            package counted
            bank gp     index 0   rdpmc 0x0000
            bank fixed  index 32  rdpmc 0x4000
            layout Select {
                event [7:0] is event code  umask [15:8] is unit mask  usr [16] is user mode  os [17] is kernel mode
                int [20] is interrupt enable  en [22] is enable  cmask [31:24] is threshold
            }
            layout Control {
                each fixed at 0 by 4 { os [0] is kernel mode  usr [1] is user mode  any [2] is any thread  pmi [3] is interrupt enable }
            }
            pmu Family {
                capability rtm
                counters gp     [0..1]  width 48 bits
                counters fixed  [0..3]  width 48 bits
                msr VALUE[gp]      0xC1   is value
                msr SELECT[gp]     0x186  is selector Select
                msr FIXED[fixed]   0x309  is value
                msr FIXED_CONTROL  0x38D  is selector Control
                rdpmc type [31:16] index [15:0]  exit before fault
                pmi through LVTPC masks itself
                events FamilyEvents
            }
            events FamilyEvents for Family {
                CYCLES       = 0x3C:0x00  is cycles
                INSTRUCTIONS = 0xC0:0x00  is instructions
                BUS          = 0x3C:0x01  is bus cycles
            }
            """;

    private static CpuModel cpu(String statements, String events) {
        return Models.load(List.of(new Source("counted.pmu", FAMILY + "cpu X extends Family {\nsignature GenuineIntel family 6 model 1\n"
                + "events XEvents\n" + statements + "\n}\nevents XEvents for X {\n" + events + "\n}\n"))).cpus().get(0);
    }

    private static List<CountedEvent> fixed(CpuModel cpu) {
        return cpu.fixedEvents().stream().map(FixedEventModel::event).toList();
    }

    @Test
    void clocksAreThoseOfTheNearestStatement() {
        assertTrue(cpu("", "").clocks().isEmpty());
        CpuModel cpu = Models.load(List.of(new Source("counted.pmu", FAMILY + """
                pmu Older extends Family { clocks core 1000 MHz tsc 1000 MHz bus 133 MHz  assumed }
                cpu X extends Older {
                    signature GenuineIntel family 6 model 1
                    clocks core 3000 MHz tsc 2500 MHz bus 100 MHz  from "data sheet"
                }
                """))).cpus().get(0);
        ClocksModel clocks = cpu.clocks().orElseThrow();
        assertEquals(List.of(3000L, 2500L, 100L), List.of(Clock.values()).stream().map(clocks::megahertz).toList());
        assertEquals(List.of("data sheet"), clocks.origin().sources());
    }

    @Test
    void eventsThatAreCyclesOfAKindAreTheTicksOfAClock() {
        assertEquals(List.of(new ClockEventModel(0x3C, 0, Clock.CORE), new ClockEventModel(0x12, 3, Clock.TSC), new ClockEventModel(0x3C, 1, Clock.BUS)),
                cpu("", "REFERENCE = 0x12:0x03  is reference cycles").clockEvents());
    }

    @Test
    void aCodeStaysTheClockThatTheFamilySaysThoughTheCpuCountsCyclesOtherwise() {
        assertEquals(List.of(new ClockEventModel(0x76, 0, Clock.CORE), new ClockEventModel(0x3C, 0, Clock.CORE), new ClockEventModel(0x3C, 1, Clock.BUS)),
                cpu("", "OWN = 0x76:0x00  is cycles").clockEvents());
    }

    @Test
    void theNearestTableSaysWhichClockACodeIs() {
        assertEquals(List.of(new ClockEventModel(0x3C, 0, Clock.CORE), new ClockEventModel(0x3C, 1, Clock.TSC)),
                cpu("", "REFERENCE = 0x3C:0x01  is reference cycles").clockEvents());
    }

    @Test
    void anEventWithSettingsDoesNotSayWhatItsCodeCounts() {
        CpuModel cpu = cpu("counter fixed[0]  counts slots", """
                SLOTS     = 0xA4:0x01 (cmask 1)  is slots
                REFERENCE = 0xA5:0x01 (cmask 1)  is reference cycles
                FIXED     = fixed[1] (any)       is cycles
                """);
        assertEquals(List.of(), cpu.clockEvents().stream().filter(event -> event.clock() == Clock.TSC).toList());
        assertEquals(List.of(new Own(32), new Own(33), new Own(34), new Own(35)), fixed(cpu));
    }

    @Test
    void aFixedCounterCountsAClockOrWhatTheProgrammableEventOfItsRoleCounts() {
        assertEquals(List.of(new Occurrences(0xC0, 0), new Ticks(Clock.CORE), new Ticks(Clock.TSC), new Own(35)), fixed(cpu("""
                counter fixed[0]  counts instructions
                counter fixed[1]  counts cycles
                counter fixed[2]  counts reference cycles
                counter fixed[3]  counts slots
                """, "")));
    }

    @Test
    void theNearestStatementAboutACounterThatExistsThereCounts() {
        CpuModel cpu = Models.load(List.of(new Source("counted.pmu", FAMILY + """
                pmu Older extends Family {
                    counter fixed[0]  counts cycles  from "older manual"
                    counter fixed[1]  counts cycles
                    counter fixed[2]  counts cycles  when rtm
                }
                cpu X extends Older {
                    signature GenuineIntel family 6 model 1
                    counter fixed[0]  counts bus cycles  from "manual"
                    counter fixed[1]  counts bus cycles  when rtm
                }
                """))).cpus().get(0);
        assertEquals(List.of(new Ticks(Clock.BUS), new Ticks(Clock.CORE), new Own(34), new Own(35)), fixed(cpu));
        assertEquals(List.of("manual"), cpu.fixedEvents().get(0).origin().sources());
    }

    @Test
    void withoutAStatementAFixedCounterCountsWhatItsEventIs() {
        CpuModel cpu = cpu("counter fixed[3]  counts cycles", """
                INST_RETIRED.ANY = fixed[0]  is instructions
                REFERENCE        = fixed[1]  is reference cycles
                NAMELESS         = fixed[2]
                SLOTS            = fixed[3]  is slots
                """);
        assertEquals(List.of(new Occurrences(0xC0, 0), new Ticks(Clock.TSC), new Own(34), new Ticks(Clock.CORE)), fixed(cpu));
        assertEquals("XEvents", cpu.fixedEvents().get(0).origin().declaredIn());
        assertEquals("Family", cpu.fixedEvents().get(2).origin().declaredIn());
    }

    @Test
    void onlyCountersThatTheCpuHasAndWhoseControlHasNoEventCodeAreListed() {
        CpuModel cpu = cpu("""
                counters fixed  [0] with smt, [0, 2] without smt  width 48 bits
                counter fixed[1]  counts cycles
                counter fixed[2]  counts cycles
                counter fixed[9]  counts cycles
                """, "");
        assertEquals(List.of(32, 34), cpu.fixedEvents().stream().map(FixedEventModel::globalIndex).toList());
        assertEquals(List.of(new Own(32), new Ticks(Clock.CORE)), fixed(cpu));
    }
}
