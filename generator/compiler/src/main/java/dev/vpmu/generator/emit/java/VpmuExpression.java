package dev.vpmu.generator.emit.java;

import dev.vpmu.dsl.model.policy.MaskExpression;
import dev.vpmu.dsl.model.policy.MaskExpression.And;
import dev.vpmu.dsl.model.policy.MaskExpression.Literal;
import dev.vpmu.dsl.model.policy.MaskExpression.Not;
import dev.vpmu.dsl.model.policy.MaskExpression.Of;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import dev.vpmu.dsl.model.policy.MaskExpression.Or;
import java.util.function.Function;

/** A policy's expression in Java. */
final class VpmuExpression {

    private VpmuExpression() {
    }

    /** The expression, where {@code operands} says what each operand is: an operand in Java. */
    static String of(MaskExpression expression, Function<Operand, String> operands) {
        if (expression instanceof Of of) {
            return operands.apply(of.operand());
        } else if (expression instanceof Literal literal) {
            return literal.bits() == 0 ? "0" : Literals.hex(literal.bits());
        } else if (expression instanceof Not not) {
            return "~" + inner(not.operand(), operands);
        } else if (expression instanceof And and) {
            return inner(and.left(), operands) + " & " + inner(and.right(), operands);
        } else if (expression instanceof Or or) {
            return of(or.left(), operands) + " | " + of(or.right(), operands);
        }
        throw new IllegalArgumentException("no expression: " + expression);
    }

    private static String inner(MaskExpression expression, Function<Operand, String> operands) {
        String text = of(expression, operands);
        return expression instanceof And || expression instanceof Or ? "(" + text + ")" : text;
    }
}
