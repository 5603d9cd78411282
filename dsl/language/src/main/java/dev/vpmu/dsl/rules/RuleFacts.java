package dev.vpmu.dsl.rules;

/**
 * What there is to say of a rule itself.
 *
 * @param id its stable id, {@code PMU0101}; users' own rules choose a prefix of their own
 * @param severity how much its findings matter
 * @param summary what it demands, in one sentence
 */
public record RuleFacts(String id, Severity severity, String summary) {
}
