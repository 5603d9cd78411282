package dev.vpmu.dsl.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.vpmu.dsl.pmu.EventTable;

/** The largest file that is shipped has 2,500 lines. */
class LargeFileTest {

    private static final int ROWS = 2_500;

    private static String events(boolean wrong) {
        StringBuilder text = new StringBuilder("package a\n\nevents E for P {\n");
        for (int row = 0; row < ROWS; row++)
            text.append("    SOME_UNIT.EVENT_").append(row).append(wrong && row % 500 == 250 ? " " : " = ").append("0xC2:0x01 (cmask 16, inv)  on gp[0..3]  period 2000003  precise on gp[0..3]  errata \"X1\", \"X2\"\n");
        return text.append("}\n").toString();
    }

    @Test
    void fiveMistakesInALargeFileAreFiveMessagesAndTheOtherRowsAreRead() {
        Source source = Source.of(events(true));
        assertEquals(5, source.messages().size());
        assertEquals(List.of(ROWS), List.of(((EventTable) source.file().getElements().get(0)).getEvents().size()));
    }
}
