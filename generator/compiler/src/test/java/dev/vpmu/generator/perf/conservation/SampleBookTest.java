package dev.vpmu.generator.perf.conservation;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class SampleBookTest {

    private static final long PERIOD = 100;
    private static final long SLACK = 2;

    private final SampleBook book = new SampleBook(PERIOD, SLACK);

    @Test
    void aSampleAtThePeriodsEndIsInTime() {
        assertNull(book.quiet(99));
        assertNull(book.sample(100, PERIOD));
        assertNull(book.sample(203, PERIOD));
        assertNull(book.sample(300, PERIOD));
        assertNull(book.balance(310, 0));
    }

    @Test
    void aSampleIsNotEarly() {
        assertNotNull(book.sample(99, PERIOD));
    }

    @Test
    void aSampleStandsForThePeriod() {
        assertNotNull(book.sample(100, 99));
    }

    @Test
    void aPmiAfterThePeriodsEndTakesASample() {
        assertNotNull(book.quiet(102));
    }

    @Test
    void aPmiComesInTime() {
        assertNull(book.overdue(111, 10));
        assertNotNull(book.overdue(112, 10));
    }

    @Test
    void aPeriodThatHasWhollyGoneByIsPassedOver() {
        assertNull(book.sample(230, PERIOD));
        assertNotNull(book.sample(329, PERIOD));
    }

    @Test
    void whoeverIsStartedAnewWhileAPmiIsOnItsWayMayLoseOneSample() {
        book.restarted(103);
        assertNull(book.quiet(103));
        assertNull(book.quiet(201));
        assertNotNull(book.quiet(202));
    }

    @Test
    void aSampleSaysThatNobodyWasStartedAnew() {
        book.restarted(103);
        assertNull(book.sample(104, PERIOD));
        assertNull(book.quiet(205));
        assertNotNull(book.quiet(206));
    }

    @Test
    void aNewPeriodBeginsAtOnce() {
        book.period(1_000, 50);
        assertNull(book.quiet(1_049));
        assertNotNull(book.sample(1_049, 1_000));
    }

    @Test
    void samplesDoNotStandForMoreThanWasCounted() {
        assertNull(book.sample(100, PERIOD));
        assertNotNull(book.balance(99, 0));
        assertNotNull(book.balance(303, 0));
    }
}
