package dev.vpmu.dsl.rules.policies.leaks;

import dev.vpmu.dsl.model.policy.MaskExpression.Operand;

/** What operands hold of one piece of a counter. */
record CounterOperands(CounterState state, Piece piece, long mask, boolean hostExcludesHost) implements Operands {

    @Override
    public Content of(Operand operand) {
        Cell cell = state.cell(piece);
        return switch (operand) {
            case GUEST -> cell.memory();
            case HARDWARE -> cell.hardware();
            case HOST -> Content.HOST;
            case EVENTS -> cell.truth();
            case OWNED -> state.owned ? Content.ONE : Content.ZERO;
            case ALL -> Content.ONE;
            case GUEST_ONLY -> state.hostCounts && !state.reserved && hostExcludesHost ? Content.ONE : Content.ZERO;
            case HOST_ONLY -> state.hostCounts && !state.reserved && !hostExcludesHost ? Content.ONE : Content.ZERO;
        };
    }

    @Override
    public Content of(long literal) {
        return (literal & mask) == 0 ? Content.ZERO : Content.ONE;
    }
}
