package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.CostModel;
import dev.vpmu.dsl.model.CostStepModel;
import dev.vpmu.dsl.model.CostUnit;
import dev.vpmu.dsl.pmu.Cost;
import dev.vpmu.dsl.pmu.CostTable;
import dev.vpmu.dsl.pmu.FrequencyUnit;
import dev.vpmu.dsl.pmu.PmuFile;
import dev.vpmu.dsl.pmu.TimeUnit;
import dev.vpmu.dsl.scoping.CostChain;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.xtext.EcoreUtil2;

/** Turns a table of costs, with what it inherits, into a {@link CostModel}. */
public final class CostResolver {

    private static final BigDecimal MEGA = new BigDecimal(1_000_000);
    private static final BigDecimal GIGA = new BigDecimal(1_000_000_000);

    private CostResolver() {
    }

    /** The price as a number; empty if the text is none. */
    public static Optional<BigDecimal> number(String text) {
        try {
            return Optional.ofNullable(text).map(digits -> new BigDecimal(digits.replace("_", "").replace(" ", "")));
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }

    /** The model of a table; only that of one without errors is complete. */
    public static CostModel resolve(CostTable table) {
        PmuFile file = EcoreUtil2.getContainerOfType(table, PmuFile.class);
        Map<String, CostStepModel> steps = new LinkedHashMap<>();
        String cpu = "";
        OptionalLong clock = OptionalLong.empty();
        List<CostTable> chain = new ArrayList<>(CostChain.of(table));
        Collections.reverse(chain);
        for (CostTable part : chain) {
            cpu = part.getCpu() != null && !part.getCpu().eIsProxy() ? part.getCpu().getName() : cpu;
            clock = part.getClock() == null ? clock : hertz(part);
            part.getCosts().forEach(cost -> steps.put(cost.getName() + " of " + policy(cost).orElse(""), step(cost)));
        }
        return new CostModel(file.getName(), table.getName(), cpu, table.isFitted(), clock, List.copyOf(steps.values()), Origins.of(table));
    }

    private static OptionalLong hertz(CostTable table) {
        BigDecimal unit = table.getClockUnit() == FrequencyUnit.GHZ ? GIGA : MEGA;
        return number(table.getClock()).map(clock -> OptionalLong.of(clock.multiply(unit).longValue())).orElse(OptionalLong.empty());
    }

    private static Optional<String> policy(Cost cost) {
        return Optional.ofNullable(cost.getPolicy()).filter(policy -> !policy.eIsProxy()).map(dev.vpmu.dsl.pmu.Policy::getName);
    }

    private static CostStepModel step(Cost cost) {
        BigDecimal low = number(cost.getLow()).orElse(BigDecimal.ZERO);
        BigDecimal high = cost.getHigh() == null ? low : number(cost.getHigh()).orElse(low);
        return new CostStepModel(cost.getName(), policy(cost), low, high, unit(cost.getUnit()), Origins.of(cost));
    }

    private static CostUnit unit(TimeUnit unit) {
        return switch (unit) {
            case CYCLES -> CostUnit.CYCLES;
            case NS -> CostUnit.NANOSECONDS;
            case US -> CostUnit.MICROSECONDS;
            case MS -> CostUnit.MILLISECONDS;
        };
    }
}
