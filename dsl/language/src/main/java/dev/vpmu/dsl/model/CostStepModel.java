package dev.vpmu.dsl.model;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The price of a step.
 *
 * @param step the step
 * @param policy the design it is the price of; absent for all
 * @param low the price, or the lower end of its range
 * @param high the upper end; {@code low} where there is no range
 * @param unit the unit of both
 * @param origin where it is declared, and what it is from
 */
public record CostStepModel(String step, Optional<String> policy, BigDecimal low, BigDecimal high, CostUnit unit, Origin origin) {
}
