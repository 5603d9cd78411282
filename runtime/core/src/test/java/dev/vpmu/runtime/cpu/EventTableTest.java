package dev.vpmu.runtime.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventTableTest {

    private static final PmuEvent FULL = new PmuEvent("OFFCORE:request=A \"b\" 100 %,\u00e4\n", "T", PmuEvent.Kind.PROGRAMMABLE, 0x8000_0000_0000_01B7L,
            0xFF, 0xF, 1, "MSR_X", -1L, List.of(0x1BBL), 100_003, List.of("alone", "deprecated"), "cache misses", 4, "NEW.NAME", List.of("BDM 1", "a,b"));
    private static final PmuEvent BARE = new PmuEvent("FIXED.ONE", "T", PmuEvent.Kind.FIXED, 0, 1L << 32, 0, 0, "", 0, List.of(), 0, List.of(), "", -1, "", List.of());

    @Test
    void aRowGivesBackTheEventWithEveryCharacterOfItsTexts() {
        assertEquals(FULL, EventRow.parse(EventRow.format(FULL)));
        assertEquals(BARE, EventRow.parse(EventRow.format(BARE)));
    }

    @Test
    void aRowIsOneLineOfPlainCharacters() {
        assertEquals("fixed 0x0 counters=0x100000000 table=T name=FIXED.ONE", EventRow.format(BARE));
        assertEquals(true, EventRow.format(FULL).chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '"' && c != '\\'));
    }

    @Test
    void eventsAreFoundByPositionNameAndEncodingAndByTheirAlternatives() {
        EventTable table = EventTable.parse(EventRow.format(BARE) + "\n" + EventRow.format(FULL) + "\n");
        assertEquals(2, table.size());
        assertEquals(BARE, table.get(0));
        assertEquals(FULL, table.find(FULL.name()).orElseThrow());
        assertEquals(List.of(FULL), table.withSelector(FULL.encoding()));
        assertEquals(List.of(FULL), table.withSelector(0x1BB));
        assertEquals(List.of(), table.withSelector(0));
    }

    @Test
    void aBrokenRowIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> EventTable.parse("nonsense\n"));
        assertThrows(IllegalArgumentException.class, () -> EventTable.parse("what 0x1 name=A\n"));
    }
}
