package dev.vpmu.generator.emit.java

/** The class of a virtual PMU whose guest owns counters. */
class VpmuTemplate {

	def static CharSequence of(VpmuView view) '''
		«view.header»
		package «view.javaPackage»;

		import dev.vpmu.runtime.perf.Yielding;
		«IF view.design.allowing»
			import dev.vpmu.runtime.vpmu.Allowance;
		«ENDIF»
		import dev.vpmu.runtime.vpmu.OwningPmu;
		import dev.vpmu.runtime.vpmu.VcpuPort;
		import dev.vpmu.runtime.vpmu.VpmuDesign;
		import java.util.List;

		«view.comment»
		public final class «view.design.className» extends OwningPmu {

		    /** How hypervisors find it. */
		    public static final VpmuDesign DESIGN = «view.design.value»;

		    private static final Yielding YIELDING = «view.steps.yielding»;

		    // each counter's bit in mask words
		    «FOR mask : view.masks.entrySet»
		        private static final long «mask.key» = «mask.value»;
		    «ENDFOR»
		    «fields(view)»

		    /**
		     * The PMU of a vCPU, after reset.
		     *
		     * @param smt whether the host runs with SMT on
		     */
		    public «view.design.className»(VcpuPort vcpu, boolean smt) {
		        super(vcpu, smt, YIELDING);
		        «FOR statement : view.accesses.passes + view.switches.saves»
		            «statement»
		        «ENDFOR»
		        clearGuest();
		    }
		    «VpmuAccessTemplate.of(view)»

		    /* ------------------------------------------------------------- ownership */

		    «method("protected void taken(long counters)", view.steps.taken)»

		    «method("protected void returned(long counters)", view.steps.returned)»
		    «IF view.steps.merging»

		        /** Overflows of {@code counters} that hardware shows become the guest's. */
		        private void merge(long counters) {
		            if (counters == 0) {
		                return;
		            }
		            long found;
		            «FOR statement : view.steps.merge»
		                «statement»
		            «ENDFOR»
		        }
		    «ENDIF»

		    «method("public void overflowed(long counters)", view.steps.overflowed)»

		    «method("protected void raise(long counters)", view.steps.raise)»

		    /* ------------------------------------------------------------- emulated instructions */

		    «method("protected long countingNow(Retired what)", view.emulation.counting)»

		    @Override
		    protected boolean increment(int counter) {
		        return «Switch.over("counter", view.emulation.increments)»;
		    }

		    /* ------------------------------------------------------------- coming and going */

		    «method("public void entering()", view.switches.entering)»

		    «method("public void left()", view.switches.left + view.steps.exit)»

		    «method("protected void atLoad()", view.steps.load)»

		    «method("protected void atPut()", view.steps.put)»

		    «method("protected void atSchedIn()", view.steps.scheduledIn)»

		    «method("protected void atSchedOut()", view.steps.scheduledOut)»

		    «method("public void reset()", view.steps.reset + #["remembered = 0;"])»

		    /** Every word of the guest has its reset value. */
		    private void clearGuest() {
		        «FOR reset : view.resets»
		            «reset»
		        «ENDFOR»
		        asking = 0;
		        «FOR field : view.emulation.fields»
		            «field» = 0;
		        «ENDFOR»
		    }
		}
	'''

	private def static CharSequence fields(VpmuView view) '''
		«FOR word : view.words»

			«word»
		«ENDFOR»
		«IF !view.emulation.fields.empty»

			// the counters that count an instruction, or a branch, as far as their own controls say
			«FOR field : view.emulation.fields»
				private long «field»;
			«ENDFOR»
		«ENDIF»
		«IF !view.switches.fields.empty»

			// what the host has again after exit
			«FOR field : view.switches.fields»
				private long «field»;
			«ENDFOR»
		«ENDIF»
	'''

	private def static CharSequence method(String signature, Iterable<String> statements) '''
		@Override
		«signature» {
		    «FOR statement : statements»
		        «statement»
		    «ENDFOR»
		}'''
}
