package dev.vpmu.dsl.rules;

/** What a rule reports as missing. It is not asked where that may stand in text that could not be read. */
public enum Absence {
    /** Nothing: the rule reports what is there. */
    OF_NOTHING,
    /** What could only stand in a pmu or a bank: unread layouts and event tables do not silence the rule. */
    OF_STATEMENTS,
    /** What could stand in any element that a pmu uses. */
    OF_ANYTHING
}
