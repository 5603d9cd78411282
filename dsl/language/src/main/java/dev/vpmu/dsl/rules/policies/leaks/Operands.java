package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.policy.MaskExpression;
import dev.vpmu.dsl.model.policy.MaskExpression.And;
import dev.vpmu.dsl.model.policy.MaskExpression.Literal;
import dev.vpmu.dsl.model.policy.MaskExpression.Not;
import dev.vpmu.dsl.model.policy.MaskExpression.Of;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.MaskExpression.Or;

/** What the operands of an expression hold at a moment, of the piece of a register that is looked at. */
interface Operands {

    Content of(Operand operand);

    /** Whose the literal's bits are that belong to the piece. */
    Content of(long literal);

    /** What the expression gives. */
    default Content value(MaskExpression expression) {
        if (expression instanceof Of of) {
            return of(of.operand());
        } else if (expression instanceof Literal literal) {
            return of(literal.bits());
        } else if (expression instanceof And and) {
            return value(and.left()).and(value(and.right()));
        } else if (expression instanceof Or or) {
            return value(or.left()).or(value(or.right()));
        }
        return value(((Not) expression).operand()).not();
    }
}
