package dev.vpmu.dsl.model;

/**
 * What freezes when a PMI is raised.
 *
 * @param subject what freezes
 * @param flagRegister the register with the flag that asks for it
 * @param flagMask the flag's bits there
 * @param register the register that is changed
 * @param mask the bits that are changed in it
 * @param sets whether they are set; otherwise cleared
 */
public record FreezeModel(FreezeSubject subject, String flagRegister, long flagMask, String register, long mask, boolean sets, Origin origin) {
}
