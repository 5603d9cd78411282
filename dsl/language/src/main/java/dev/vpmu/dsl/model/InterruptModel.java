package dev.vpmu.dsl.model;

/**
 * How the performance-monitoring interrupt is delivered.
 *
 * @param masksItself whether delivery sets the mask bit of the local APIC's entry
 * @param acknowledged when the handler unmasks the entry
 */
public record InterruptModel(boolean masksItself, Acknowledge acknowledged, Origin origin) {
}
