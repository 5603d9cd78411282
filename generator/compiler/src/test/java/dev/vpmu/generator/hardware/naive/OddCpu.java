package dev.vpmu.generator.hardware.naive;

import static dev.vpmu.generator.hardware.naive.CpuSketch.range;

import dev.vpmu.generator.hardware.naive.CpuSketch.Bank;
import dev.vpmu.generator.hardware.naive.CpuSketch.Bits;
import dev.vpmu.generator.hardware.naive.CpuSketch.Clock;
import dev.vpmu.generator.hardware.naive.CpuSketch.ClockEvent;
import dev.vpmu.generator.hardware.naive.CpuSketch.Clocks;
import dev.vpmu.generator.hardware.naive.CpuSketch.Extra;
import dev.vpmu.generator.hardware.naive.CpuSketch.Field;
import dev.vpmu.generator.hardware.naive.CpuSketch.FixedEvent;
import dev.vpmu.generator.hardware.naive.CpuSketch.Freeze;
import dev.vpmu.generator.hardware.naive.CpuSketch.Interrupt;
import dev.vpmu.generator.hardware.naive.CpuSketch.Rdpmc;
import dev.vpmu.generator.hardware.naive.CpuSketch.Register;
import dev.vpmu.generator.hardware.naive.CpuSketch.RegisterRole;
import dev.vpmu.generator.hardware.naive.CpuSketch.Reserved;
import dev.vpmu.generator.hardware.naive.CpuSketch.Role;
import dev.vpmu.generator.hardware.naive.CpuSketch.Write;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A CPU that nobody makes and that has nothing from Intel, its sketch worked out by hand from the text. */
final class OddCpu {

    private static final String TEXT = """
            package sketched

            bank pick    index 8   rdpmc 0x2
            bank steady  index 40  rdpmc 0x5

            layout Choice reserved ignored {
                t      [5:0]    is threshold
                k      [6]      is kernel mode
                u      [7]      is user mode
                pmi    [9]      is interrupt enable
                run    [10]     is enable
                rise   [11]     is edge detect
                not    [12]     is invert
                same   [13]     is equal
                sub    [23:16]  is unit mask
                upper  [27:24]  is event code [11:8]
                lower  [39:32]  is event code [7:0]
                both   [40]     is any thread
                tx     [41]     is in transaction
                ckpt   [42]     is checkpointed        on pick[1, 4]
                hide   [43]     is user read disable
                note   [50]
                idle   [51]     ignored
            }
            layout Steadies {
                each steady at 5 by 7 {
                    pmi   [0]  is interrupt enable
                    u     [3]  is user mode
                    k     [5]  is kernel mode
                    both  [6]  is any thread
                }
            }
            layout Enables {
                each pick at 3 by 2 { on  [1]  is enable }
                each steady at 20   { on  [0]  is enable }
            }
            layout Overflows reserved ignored {
                each pick at 30 by 3  { over  [2]  is overflow }
                each steady at 1 by 4 { over  [0]  is overflow }
                stop  [63]  is counters frozen
            }
            layout Uses {
                each pick at 0 by 2   { used  [1]  is in use }
                each steady at 11     { used  [0]  is in use }
                any   [62]  is any interrupt
                mark  [61]
            }
            layout Brake reserved kept {
                on_pmi  [3]
            }

            /** Five counters of 37 bits whose selectors and values interleave; a freeze by a control register of its own. */
            cpu Odd {
                signature Acme family 0x1F model 1
                clocks core 2717 MHz tsc 1999 MHz bus 67 MHz
                counters pick    [0..2] with smt, [0..4] without smt  width 37 bits
                counters steady  [0..1]                               width 29 bits

                msr SELECT[pick]      0x700  by 3  is selector Choice
                msr VALUE[pick]       0x701  by 3  is value  write sign-extends 20 bits
                msr WIDE[pick 0, 3]   0x720  by 2  alias of VALUE  write faults beyond width
                msr CHOICE[pick]      0x730  alias of SELECT  write truncates
                msr STEADY[steady]    0x750  is value  reset 0x1234567
                msr STEADIES          0x760  is selector Steadies
                msr ENABLE            0x761  is enable Enables  reset 0x101150
                msr STATUS            0x762  is status Overflows  write ignored
                msr CLEAR             0x763  clears STATUS  reads 0xC1EA
                msr SET               0x764  sets STATUS
                msr USES              0x765  is usage Uses  reset 0x2000000000000000
                msr BRAKE             0x766  is control Brake  reset 0x51
                msr RECORDS           0x767  is precise enable  valid 0xFF
                msr NEED              0xC0000100  is extra  valid 0xFFFF  per core  rdpmc 0x1
                msr TICKET            0x768  is plain  write sign-extends 8 bits  rdpmc 0x9

                rdpmc type [15:12] index [9:4]  exit before fault
                pmi through LVTPC stays unmasked
                freeze counters  when BRAKE.on_pmi  sets STATUS.stop

                counter steady[0]  counts instructions
                extra need per core {
                    0x9A5:0x05  uses NEED  valid 0xFFFF  on pick[1..4]
                }
                events OddEvents
            }

            events OddEvents for Odd {
                CORE.TICKS  = 0x123:0x04  is cycles
                TSC.TICKS   = 0x801:0x07  is reference cycles
                OPS         = 0x012:0x34  is instructions
                BUS.TICKS   = steady[1]   is bus cycles
            }
            """;

    private static final Bank PICK = new Bank("pick", OptionalInt.of(8), OptionalInt.of(2), 37, range(0, 2), range(0, 4));
    private static final Bank STEADY = new Bank("steady", OptionalInt.of(40), OptionalInt.of(5), 29, range(0, 1), range(0, 1));
    private static final Write FAULTS = new Write.Checked(Reserved.FAULTS);
    private static final Write IGNORES = new Write.Checked(Reserved.IGNORED);

    private OddCpu() {
    }

    static DescribedCpu described() {
        return new DescribedCpu("sketched", "Odd", TEXT, new CpuSketch("Odd", List.of(PICK, STEADY), registers(), fields(),
                List.of(new Freeze("BRAKE", 0x8, "STATUS", 1L << 63, true)), Optional.of(new Rdpmc(Optional.of(new Bits(15, 12)), new Bits(9, 4))),
                Interrupt.STAYS_UNMASKED, List.of(new Extra(0x9A5, 0x05, "NEED", 0b1_1110L << 8)), new Clocks(2717, 1999, 67),
                List.of(new ClockEvent(0x123, 0x04, Clock.CORE), new ClockEvent(0x801, 0x07, Clock.TSC)),
                List.of(FixedEvent.coded(40, 0x012, 0x34), FixedEvent.clock(41, Clock.BUS))));
    }

    private static List<Register> registers() {
        long everywhere = 0x000C_0BFF_0FFF_3EFFL;
        long checkpointed = 1L << 42;
        // bits 32, 35, 38, 41, 44 of the counters, the latter two without SMT only; 1 and 5; 63
        long overflows = 0x1249_0000_0000L | 0x22 | 1L << 63;
        long overflowsWithoutSmt = 1L << 41 | 1L << 44;
        Register select = Register.array("SELECT", PICK, 0x700, RegisterRole.SELECTOR, IGNORES).by(3)
                .writable(List.of(everywhere, everywhere | checkpointed, everywhere, everywhere, everywhere | checkpointed));
        return List.of(select,
                Register.array("VALUE", PICK, 0x701, RegisterRole.VALUE, new Write.SignExtend(20)).by(3),
                Register.array("WIDE", PICK, 0x720, RegisterRole.VALUE, new Write.FaultBeyondWidth()).by(2).only(List.of(0, 3)).alias("VALUE"),
                Register.array("CHOICE", PICK, 0x730, RegisterRole.SELECTOR, new Write.Truncate()).alias("SELECT"),
                Register.array("STEADY", STEADY, 0x750, RegisterRole.VALUE, new Write.Truncate()).reset(0x123_4567),
                // bits 0, 3, 5, 6 from bit 5 on, and from bit 12 on
                Register.single("STEADIES", 0x760, RegisterRole.SELECTOR, FAULTS).writable(0x69L << 5 | 0x69L << 12),
                // bits 4, 6, 8, 10, 12; 20, 21
                Register.single("ENABLE", 0x761, RegisterRole.ENABLE, FAULTS).writable(0x1550 | 0x30_0000).withoutSmtMask(0x1400).reset(0x10_1150),
                Register.single("STATUS", 0x762, RegisterRole.STATUS, new Write.Ignored()).withoutSmtMask(overflowsWithoutSmt),
                Register.single("CLEAR", 0x763, RegisterRole.CLEAR, new Write.Change("STATUS", false, Reserved.IGNORED)).writable(overflows)
                        .withoutSmtMask(overflowsWithoutSmt).reads(0xC1EA),
                Register.single("SET", 0x764, RegisterRole.SET, new Write.Change("STATUS", true, Reserved.IGNORED)).writable(overflows)
                        .withoutSmtMask(overflowsWithoutSmt),
                // bits 1, 3, 5, 7, 9; 11, 12; 61, 62
                Register.single("USES", 0x765, RegisterRole.USAGE, FAULTS).writable(0x2AA | 0x1800 | 3L << 61).withoutSmtMask(0x280).reset(1L << 61),
                Register.single("BRAKE", 0x766, RegisterRole.OTHER, new Write.Checked(Reserved.KEPT)).writable(0x8).reset(0x51),
                Register.single("RECORDS", 0x767, RegisterRole.PRECISE_ENABLE, FAULTS).writable(0xFF),
                Register.single("NEED", 0xC000_0100, RegisterRole.OTHER, FAULTS).writable(0xFFFF).perCore().rdpmcType(1),
                Register.single("TICKET", 0x768, RegisterRole.OTHER, new Write.SignExtend(8)).rdpmcType(9));
    }

    private static List<Field> fields() {
        String select = "SELECT";
        return List.of(
                Field.of(select, Role.THRESHOLD, 0, 6),
                Field.of(select, Role.KERNEL_MODE, 6, 1),
                Field.of(select, Role.USER_MODE, 7, 1),
                Field.of(select, Role.INTERRUPT_ENABLE, 9, 1),
                Field.of(select, Role.ENABLE, 10, 1),
                Field.of(select, Role.EDGE_DETECT, 11, 1),
                Field.of(select, Role.INVERT, 12, 1),
                Field.of(select, Role.EQUAL, 13, 1),
                Field.of(select, Role.UNIT_MASK, 16, 8),
                Field.of(select, Role.EVENT_CODE, 24, 4).slice(8),
                Field.of(select, Role.EVENT_CODE, 32, 8),
                Field.of(select, Role.ANY_THREAD, 40, 1),
                Field.of(select, Role.IN_TRANSACTION, 41, 1),
                Field.of(select, Role.CHECKPOINTED, 42, 1).on(0b1_0010L << 8),
                Field.of(select, Role.USER_READ_DISABLE, 43, 1),
                Field.each("STEADIES", STEADY, Role.INTERRUPT_ENABLE, 5, 7),
                Field.each("STEADIES", STEADY, Role.USER_MODE, 8, 7),
                Field.each("STEADIES", STEADY, Role.KERNEL_MODE, 10, 7),
                Field.each("STEADIES", STEADY, Role.ANY_THREAD, 11, 7),
                Field.each("ENABLE", PICK, Role.ENABLE, 4, 2),
                Field.each("ENABLE", STEADY, Role.ENABLE, 20, 1),
                Field.each("STATUS", PICK, Role.OVERFLOW, 32, 3),
                Field.each("STATUS", STEADY, Role.OVERFLOW, 1, 4),
                Field.of("STATUS", Role.COUNTERS_FROZEN, 63, 1),
                Field.each("USES", PICK, Role.IN_USE, 1, 2),
                Field.each("USES", STEADY, Role.IN_USE, 11, 1),
                Field.of("USES", Role.ANY_INTERRUPT, 62, 1));
    }
}
