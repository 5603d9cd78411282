package dev.vpmu.dsl.model;

import java.util.Optional;

/**
 * A property that software can ask for, and its value on this CPU.
 *
 * @param name its name
 * @param value its value; 0 means that the CPU lacks it
 * @param reportedBy where software reads it; absent where nothing reports it
 */
public record CapabilityModel(String name, long value, Optional<EnumeratedAt> reportedBy, Origin origin) {
}
