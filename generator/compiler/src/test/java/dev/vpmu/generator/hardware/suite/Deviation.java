package dev.vpmu.generator.hardware.suite;

import java.util.List;
import java.util.function.Function;

/**
 * A row of a table: which test does not pass in a guest, and why.
 *
 * @param test the test's name
 * @param failures what fails on a CPU, in the order of the assertions and without the accepted range; nothing where the test passes. Null if
 *     guests lack what the test needs.
 */
record Deviation(String test, String why, Function<TestedCpu, List<String>> failures) {

    static Deviation fails(String test, String why, Function<TestedCpu, List<String>> failures) {
        return new Deviation(test, why, failures);
    }

    static Deviation isNotThere(String test, String why) {
        return new Deviation(test, why, null);
    }

    boolean isNotThere() {
        return failures == null;
    }
}
