package dev.vpmu.generator.hardware.twin;

import dev.vpmu.dsl.model.BankModel;
import dev.vpmu.dsl.model.CpuModel;
import dev.vpmu.dsl.model.EventEncoding;
import dev.vpmu.dsl.model.EventModel;
import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.LayoutModel;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stands in for what the model does not say yet: clocks, and which events they are; to go when it does. */
final class PendingModel {

    private PendingModel() {
    }

    enum Clock {
        CORE, TSC, BUS
    }

    record ClocksModel(long coreMegahertz, long tscMegahertz, long busMegahertz) {
        long megahertz(Clock clock) {
            return switch (clock) {
                case CORE -> coreMegahertz;
                case TSC -> tscMegahertz;
                case BUS -> busMegahertz;
            };
        }
    }

    record ClockEventModel(int code, int umask, Clock clock) {
    }

    sealed interface CountedEvent {
        record Ticks(Clock clock) implements CountedEvent {
        }

        record Occurrences(int code, int umask) implements CountedEvent {
        }

        record Own(int globalIndex) implements CountedEvent {
        }
    }

    record FixedEventModel(int globalIndex, CountedEvent event) {
    }

    static Optional<ClocksModel> clocks(CpuModel cpu) {
        return Optional.of(new ClocksModel(2200, 2200, 100));
    }

    static List<ClockEventModel> clockEvents(CpuModel cpu) {
        List<ClockEventModel> events = new ArrayList<>();
        for (EventModel event : cpu.events()) {
            if (event.encoding() instanceof EventEncoding.Programmable programmable && event.role().flatMap(PendingModel::clock).isPresent()) {
                events.add(new ClockEventModel(programmable.code(), programmable.umask(), event.role().flatMap(PendingModel::clock).get()));
            }
        }
        return events;
    }

    private static Optional<Clock> clock(EventRole role) {
        return switch (role) {
            case CYCLES -> Optional.of(Clock.CORE);
            case REFERENCE_CYCLES -> Optional.of(Clock.TSC);
            case BUS_CYCLES -> Optional.of(Clock.BUS);
            default -> Optional.empty();
        };
    }

    static List<FixedEventModel> fixedEvents(CpuModel cpu) {
        List<FixedEventModel> fixed = new ArrayList<>();
        List<String> programmable = cpu.registers().stream().filter(r -> r.role() == RegisterRole.SELECTOR && r.bank().isPresent()
                && r.layout().flatMap(cpu::layout).map((LayoutModel l) -> !l.fields(FieldRole.EVENT_CODE).isEmpty()).orElse(false))
                .map(r -> r.bank().get()).toList();
        for (BankModel bank : cpu.banks()) {
            if (bank.firstIndex().isPresent() && !programmable.contains(bank.name())) {
                for (int index : bank.indexes()) {
                    int global = bank.firstIndex().getAsInt() + index;
                    fixed.add(new FixedEventModel(global, counted(cpu, bank, index, global)));
                }
            }
        }
        return fixed;
    }

    private static CountedEvent counted(CpuModel cpu, BankModel bank, int index, int global) {
        Optional<EventRole> role = cpu.events().stream().filter(e -> e.encoding() instanceof EventEncoding.Fixed f && f.globalIndex() == global)
                .flatMap(e -> e.role().stream()).findFirst();
        if (role.isEmpty() && bank.name().equals("fixed") && index < 3) {
            role = Optional.of(List.of(EventRole.INSTRUCTIONS, EventRole.CYCLES, EventRole.REFERENCE_CYCLES).get(index));
        }
        if (role.flatMap(PendingModel::clock).isPresent()) {
            return new CountedEvent.Ticks(role.flatMap(PendingModel::clock).get());
        }
        Optional<EventRole> asked = role;
        return asked.flatMap(r -> cpu.events().stream().filter(e -> e.role().equals(asked)).map(EventModel::encoding)
                .filter(EventEncoding.Programmable.class::isInstance).map(EventEncoding.Programmable.class::cast).findFirst())
                .<CountedEvent>map(e -> new CountedEvent.Occurrences(e.code(), e.umask())).orElse(new CountedEvent.Own(global));
    }
}
