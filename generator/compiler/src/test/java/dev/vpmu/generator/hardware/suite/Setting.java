package dev.vpmu.generator.hardware.suite;

import dev.vpmu.dsl.model.FieldRole;

/** A setting of a counter. */
record Setting(FieldRole role, long value) {

    static final Setting USER = on(FieldRole.USER_MODE);
    static final Setting KERNEL = on(FieldRole.KERNEL_MODE);
    static final Setting ENABLE = on(FieldRole.ENABLE);
    static final Setting INTERRUPT = on(FieldRole.INTERRUPT_ENABLE);
    static final Setting EDGE = on(FieldRole.EDGE_DETECT);
    static final Setting INVERT = on(FieldRole.INVERT);
    static final Setting EQUAL = on(FieldRole.EQUAL);
    static final Setting ANY_THREAD = on(FieldRole.ANY_THREAD);
    static final Setting IN_TRANSACTION = on(FieldRole.IN_TRANSACTION);
    static final Setting CHECKPOINTED = on(FieldRole.CHECKPOINTED);
    static final Setting USER_READ_DISABLE = on(FieldRole.USER_READ_DISABLE);

    private static Setting on(FieldRole role) {
        return new Setting(role, 1);
    }

    static Setting threshold(long occurrences) {
        return new Setting(FieldRole.THRESHOLD, occurrences);
    }

    /** An event by its code. */
    static Setting code(long code) {
        return new Setting(FieldRole.EVENT_CODE, code);
    }

    static Setting umask(long umask) {
        return new Setting(FieldRole.UNIT_MASK, umask);
    }
}
