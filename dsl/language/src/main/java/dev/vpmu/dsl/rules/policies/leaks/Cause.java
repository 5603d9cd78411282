package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.Origin;

/**
 * The statement of a policy that something comes from.
 *
 * @param origin where it stands
 * @param text what is wrong with it, as the end of a message: {@code 'on return' does not clear it}
 */
record Cause(Origin origin, String text) {
}
