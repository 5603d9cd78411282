package dev.vpmu.dsl.rules.policies;

import dev.vpmu.dsl.model.policy.MaskExpression;
import dev.vpmu.dsl.model.policy.MaskExpression.Operand;
import java.util.EnumSet;
import java.util.Set;

/** What the values that a policy puts together can come to, bit by bit: an operand's bit is 0 or 1. */
final class Masks {

    private Masks() {
    }

    /** The bits that are set for some operands, of which one always has the bits {@code known}. */
    static long possible(MaskExpression expression, Operand fixed, long known) {
        long possible = 0;
        Operand[] operands = Operand.values();
        for (int choice = 0; choice < 1 << operands.length; choice++) {
            Set<Operand> ones = EnumSet.noneOf(Operand.class);
            for (Operand operand : operands) {
                if ((choice >>> operand.ordinal() & 1) != 0) {
                    ones.add(operand);
                }
            }
            possible |= value(expression, fixed, known, ones);
        }
        return possible;
    }

    private static long value(MaskExpression expression, Operand fixed, long known, Set<Operand> ones) {
        if (expression instanceof MaskExpression.And and) {
            return value(and.left(), fixed, known, ones) & value(and.right(), fixed, known, ones);
        } else if (expression instanceof MaskExpression.Or or) {
            return value(or.left(), fixed, known, ones) | value(or.right(), fixed, known, ones);
        } else if (expression instanceof MaskExpression.Not not) {
            return ~value(not.operand(), fixed, known, ones);
        } else if (expression instanceof MaskExpression.Of of) {
            return of.operand() == fixed ? known : ones.contains(of.operand()) ? -1 : 0;
        }
        return ((MaskExpression.Literal) expression).bits();
    }
}
