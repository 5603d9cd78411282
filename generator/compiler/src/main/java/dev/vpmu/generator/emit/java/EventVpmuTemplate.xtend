package dev.vpmu.generator.emit.java

/** The class of a virtual PMU that counts with host events. */
class EventVpmuTemplate {

	def static CharSequence of(EventVpmuView view) '''
		«view.header»
		package «view.javaPackage»;

		import dev.vpmu.runtime.hardware.PmuHardware;
		import dev.vpmu.runtime.perf.PerfCore;
		import dev.vpmu.runtime.perf.PerfSystem;
		import dev.vpmu.runtime.perf.ProgrammedCounters;
		import dev.vpmu.runtime.registers.GeneralProtectionFault;
		«IF view.design.allowing»
			import dev.vpmu.runtime.vpmu.Allowance;
		«ENDIF»
		«IF !view.filtering»
			import dev.vpmu.runtime.vpmu.EventFilter;
		«ENDIF»
		import dev.vpmu.runtime.vpmu.EventOrientedDesign;
		import dev.vpmu.runtime.vpmu.EventOrientedPmu;
		import dev.vpmu.runtime.vpmu.MsrSwitch;
		import dev.vpmu.runtime.vpmu.VcpuPort;
		import dev.vpmu.runtime.vpmu.VpmuDesign;
		import java.util.List;

		«view.comment»
		public final class «view.design.className» extends EventOrientedPmu {

		    /** How hypervisors find it. */
		    public static final VpmuDesign DESIGN = «view.design.value»;

		    private static final «view.doorClass» CPU = new «view.doorClass»();

		    private final GeneralProtectionFault fault = new GeneralProtectionFault();
		    private final VcpuPort vcpu;
		    private final MsrSwitch msrs;
		    private final boolean smt;

		    /**
		     * The PMU of a vCPU, after reset.
		     *
		     * @param smt whether the host runs with SMT on
		     */
		    public «view.design.className»(VcpuPort vcpu, boolean smt) {
		        this(vcpu, CPU.hardware(smt), smt);
		    }

		    private «view.design.className»(VcpuPort vcpu, PmuHardware registers, boolean smt) {
		        super(«view.eventDesign», vcpu, registers,
		                new ProgrammedCounters(CPU.perf(new PerfSystem(), registers, registers, () -> 0, smt)), «view.instructions», «view.branches»);
		        this.vcpu = vcpu;
		        this.smt = smt;
		        msrs = vcpu.msrSwitch();
		        msrs.hostPerf(MsrSwitch.HostPerf.SELECTORS);
		    }

		    @Override
		    public long rdmsr(int address) {
		        if (isHidden(address)) {
		            throw fault.on(GeneralProtectionFault.Access.RDMSR, address, 0);
		        }
		        «IF view.lacking.empty»
		            return super.rdmsr(address);
		        «ELSE»
		            return switch (address) {
		                «FOR lacking : view.lacking»
		                    «lacking»
		                «ENDFOR»
		                default -> super.rdmsr(address);
		            };
		        «ENDIF»
		    }

		    @Override
		    public void wrmsr(int address, long value) {
		        if (isHidden(address)«IF !view.refused.empty» || isRefused(address, value)«ENDIF») {
		            throw fault.on(GeneralProtectionFault.Access.WRMSR, address, value);
		        }
		        super.wrmsr(address, value);
		    }

		    /** Whether the guest does not have a register. */
		    private static boolean isHidden(int address) {
		        «IF view.hidden.empty»
		            return false;
		        «ELSE»
		            return switch (address) {
		                case «view.hidden» -> true;
		                default -> false;
		            };
		        «ENDIF»
		    }
		    «IF !view.refused.empty»

		        /** Whether the guest may not write a value that the CPU would take. */
		        private static boolean isRefused(int address, long value) {
		            return switch (address) {
		                «FOR refused : view.refused»
		                    «refused»
		                «ENDFOR»
		                default -> false;
		            };
		        }
		    «ENDIF»
		    «IF !view.filtering»

		        /** Refuses every filter. */
		        @Override
		        public void filter(EventFilter next) {
		            throw new IllegalStateException(«view.policyName»);
		        }
		    «ENDIF»

		    @Override
		    public void entering() {
		        PerfCore perf = vcpu.perf();
		        «FOR statement : view.switches.entering»
		            «statement»
		        «ENDFOR»
		    }
		}
	'''
}
