package dev.vpmu.dsl.resolve.policies;

import dev.vpmu.dsl.model.policy.MaskExpression;
import dev.vpmu.dsl.pmu.MaskAnd;
import dev.vpmu.dsl.pmu.MaskLiteral;
import dev.vpmu.dsl.pmu.MaskNot;
import dev.vpmu.dsl.pmu.MaskOperand;
import dev.vpmu.dsl.pmu.MaskOr;
import dev.vpmu.dsl.resolve.Numbers;
import java.util.Optional;

/** Turns the values that a policy puts together into the model's. */
final class Expressions {

    private Expressions() {
    }

    /** The value; empty for none. */
    static Optional<MaskExpression> of(dev.vpmu.dsl.pmu.MaskExpression expression) {
        return Optional.ofNullable(expression).map(Expressions::value);
    }

    private static MaskExpression value(dev.vpmu.dsl.pmu.MaskExpression expression) {
        if (expression instanceof MaskOr or) {
            return new MaskExpression.Or(value(or.getLeft()), value(or.getRight()));
        } else if (expression instanceof MaskAnd and) {
            return new MaskExpression.And(value(and.getLeft()), value(and.getRight()));
        } else if (expression instanceof MaskNot not) {
            return new MaskExpression.Not(value(not.getOperand()));
        } else if (expression instanceof MaskOperand operand) {
            return new MaskExpression.Of(MaskExpression.Operand.valueOf(operand.getOperand().name()));
        }
        // what could not be read is 0, as any number is
        return new MaskExpression.Literal(expression instanceof MaskLiteral literal ? Numbers.of(literal.getValue()) : 0);
    }
}
