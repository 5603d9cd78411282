package dev.vpmu.dsl.model;

/**
 * What CPUID answers for one leaf, as far as the PMU fills it.
 *
 * @param leaf the leaf, EAX before
 * @param subleaf the subleaf, ECX before
 * @param withSmt the answer with SMT on
 * @param withoutSmt the answer with SMT off
 */
public record LeafModel(int leaf, int subleaf, CpuidWords withSmt, CpuidWords withoutSmt) {
}
