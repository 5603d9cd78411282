package dev.vpmu.dsl.rules.policies.leaks;

/** A moment in the life of a vCPU at which somebody else may find what it left. */
enum Moment {
    GUEST_RUN("while the guest runs"),
    EXIT("after an exit"),
    ACCESS("after the guest's access"),
    LOAD("after load"),
    SCHEDULE_OUT("after schedule-out"),
    PUT("after put (in user space)"),
    MIGRATION("after migration"),
    RESET("after reset"),
    TEARDOWN("after teardown");

    private final String text;

    Moment(String text) {
        this.text = text;
    }

    /** The moment in a sentence. */
    String text() {
        return text;
    }
}
