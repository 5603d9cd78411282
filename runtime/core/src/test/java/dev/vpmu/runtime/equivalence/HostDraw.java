package dev.vpmu.runtime.equivalence;

import dev.vpmu.runtime.hardware.Step;
import dev.vpmu.runtime.machine.HostThread;
import dev.vpmu.runtime.perf.EventAttributes;
import dev.vpmu.runtime.perf.PerfEvent;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/** Draws what the host does to its guests, and for itself. */
final class HostDraw {

    private static final int MOST_EVENTS = 14;
    private static final List<String> KINDS = List.of("", " of the host", " of guests", " of kernels", " of users");

    private final Stage.Setting setting;
    private final WorkDraw work;
    private final SplittableRandom random;

    HostDraw(Stage.Setting setting, WorkDraw work, SplittableRandom random) {
        this.setting = setting;
        this.work = work;
        this.random = random;
    }

    Operation operation() {
        int cpu = random.nextInt(setting.cpus());
        int guest = random.nextInt(setting.guests());
        int kind = random.nextInt(setting.undisturbed() ? 16 : 32);
        if (kind < 3) {
            return Operation.host(() -> "CPU " + cpu + " ticks", stage -> stage.machine.cpu(cpu).tick());
        } else if (kind < 5) {
            return Operation.host(() -> "CPU " + cpu + " rotates", stage -> stage.rotate(stage.machine.cpu(cpu)));
        } else if (kind < 8) {
            return Operation.host(() -> "guest " + guest + "'s thread returns to user space", stage -> stage.returnToUserSpace(stage.guests.get(guest)));
        } else if (kind < 11) {
            return Operation.host(() -> "guest " + guest + "'s thread leaves its CPU and comes back", stage -> {
                if (stage.guests.get(guest).vcpu.cpu() != null) {
                    var own = stage.guests.get(guest).vcpu.cpu();
                    own.schedule(null);
                    own.schedule(stage.guests.get(guest).vcpu);
                }
            });
        } else if (kind < 13) {
            return open();
        } else if (kind < 16) {
            return change();
        } else if (kind < 24) {
            Step step = work.step();
            return Operation.host(() -> "CPU " + cpu + " works " + WorkDraw.text(step), stage -> stage.workInHost(stage.machine.cpu(cpu), step));
        }
        int thread = random.nextInt(setting.guests() + 2) - 1;
        return Operation.host(() -> "CPU " + cpu + (thread < 0 ? " idles" : " is given to " + (thread < setting.guests() ? "guest " + thread + "'s thread" : "the other thread")),
                stage -> stage.move(thread < 0 ? null : stage.threads.get(thread), stage.machine.cpu(cpu)));
    }

    Operation open() {
        int cpu = random.nextInt(setting.cpus());
        long event = work.event();
        boolean ofThread = random.nextInt(3) == 0;
        int thread = random.nextInt(setting.guests() + 1);
        boolean pinned = random.nextBoolean();
        int kind = random.nextInt(KINDS.size());
        long period = random.nextBoolean() ? 60 + random.nextInt(1_000) : 0;
        boolean precise = period != 0 && setting.subject().hasPrecise() && random.nextInt(3) == 0;
        String name = (precise ? "precise " : "") + (pinned ? "pinned " : "") + "0x" + Long.toHexString(event) + KINDS.get(kind) + (period == 0 ? "" : " every " + period);
        return Operation.host(() -> "the host opens " + name + (ofThread ? " of thread " + thread : " of CPU " + cpu), stage -> {
            if (stage.events.size() == MOST_EVENTS) {
                return;
            }
            EventAttributes.Builder attributes = EventAttributes.of(name, event);
            switch (kind) {
                case 1 -> attributes.excludeGuest();
                case 2 -> attributes.excludeHost();
                case 3 -> attributes.excludeUser();
                case 4 -> attributes.excludeKernel();
                default -> { }
            }
            if (pinned) {
                attributes.pinned();
            }
            if (period != 0) {
                attributes.period(period);
            }
            if (precise) {
                attributes.precise(1);
            }
            HostThread of = ofThread ? stage.threads.get(thread) : null;
            stage.open(stage.machine.cpu(cpu), of, attributes, WorkDraw.named(event));
        });
    }

    private Operation change() {
        int which = random.nextInt(MOST_EVENTS);
        return switch (random.nextInt(5)) {
            case 0 -> onEvent(which, "closes", Stage::close);
            case 1 -> onEvent(which, "switches", (stage, event) -> {
                if (event.event.state() == PerfEvent.State.OFF || event.event.state() == PerfEvent.State.ERROR) {
                    stage.at(event).enable(event.event);
                } else {
                    stage.at(event).disable(event.event);
                }
            });
            default -> onEvent(which, "reads", (stage, event) -> {
                stage.at(event);
                event.check();
            });
        };
    }

    private static Operation onEvent(int which, String does, BiConsumer<Stage, HostEvent> action) {
        return Operation.host(() -> "the host " + does + " event " + which, stage -> {
            if (which < stage.events.size()) {
                action.accept(stage, stage.events.get(which));
            }
        });
    }
}
