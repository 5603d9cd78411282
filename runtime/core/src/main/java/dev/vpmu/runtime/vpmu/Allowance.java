package dev.vpmu.runtime.vpmu;

/**
 * What a compiler of policies would refuse and was told to let through, for study.
 *
 * @param rule the rule's id
 * @param reason why
 */
public record Allowance(String rule, String reason) {
}
