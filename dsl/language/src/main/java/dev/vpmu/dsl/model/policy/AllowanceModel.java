package dev.vpmu.dsl.model.policy;

import dev.vpmu.dsl.model.Origin;

/**
 * A rule whose findings on a policy are let through.
 *
 * @param rule the rule's id, {@code PMU0901}
 * @param reason why
 * @param origin the statement
 */
public record AllowanceModel(String rule, String reason, Origin origin) {
}
