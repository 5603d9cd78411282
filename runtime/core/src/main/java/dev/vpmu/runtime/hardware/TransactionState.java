package dev.vpmu.runtime.hardware;

/** Where a stretch of work stands to memory transactions (TSX). */
public enum TransactionState {
    /** In no transaction. */
    OUTSIDE,
    /** In a transaction that commits. */
    COMMITTED,
    /** In a transaction that aborts: what a checkpointed counter counts in it is taken back. */
    ABORTED
}
