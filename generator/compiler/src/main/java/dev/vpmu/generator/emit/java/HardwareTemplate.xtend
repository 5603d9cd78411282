package dev.vpmu.generator.emit.java

/** The class of a cpu's PMU as hardware. */
class HardwareTemplate {

	def static CharSequence of(HardwareView view) '''
		«view.header»
		package «view.javaPackage»;

		«imports(view)»

		«view.comment»
		public final class «view.className» extends PmuHardware {

		    private static final «view.doorClass» CPU = new «view.doorClass»();
		    «constants(view)»
		    «fields(view)»

		    /** The hardware after power-on, with SMT on or off. */
		    public «view.className»(boolean smt) {
		        super(smt, «view.interrupting», «view.maskingItself», «view.counting.clocks.period»);
		        resetRegisters();
		    }

		    @Override
		    public CpuidWords cpuid(int leaf, int subleaf) {
		        return CPU.cpuid(leaf, subleaf, smt);
		    }

		    @Override
		    protected void resetRegisters() {
		        «FOR reset : view.resets»
		            «reset»
		        «ENDFOR»
		        written = -1;
		    }
		    «accesses(view)»
		    «HardwareCountingTemplate.of(view)»
		}
	'''

	private def static CharSequence imports(HardwareView view) '''
		«IF !view.counting.clocks.all.empty || view.counting.clocks.countingCycles»
			import dev.vpmu.runtime.hardware.Beat;
		«ENDIF»
		«IF view.counting.groups.exists[isConditional]»
			import dev.vpmu.runtime.hardware.Condition;
		«ENDIF»
		«IF view.counting.groups.exists[isConditional || isProgrammable] || view.counting.clocks.countingCycles || !view.counting.clocks.all.empty»
			import dev.vpmu.runtime.hardware.Pattern;
		«ENDIF»
		import dev.vpmu.runtime.hardware.PmuHardware;
		import dev.vpmu.runtime.hardware.Step;
		import dev.vpmu.runtime.hardware.TransactionState;
		import dev.vpmu.runtime.registers.CpuidWords;
	'''

	private def static CharSequence constants(HardwareView view) '''
		«FOR counter : view.counting.counters BEFORE '\n// each counter\'s bit in mask words\n'»
			private static final long «counter.name» = «counter.mask»;
		«ENDFOR»
		«FOR group : view.counting.groups»
			«FOR constant : group.constants BEFORE '\n'»
				/** «constant.comment» */
				private static final long «constant.name» = «constant.value»;
			«ENDFOR»
		«ENDFOR»
		«IF view.counting.clocks.countingCycles»

			/** Once in each cycle of the core. */
			private static final Pattern EVERY_CYCLE = new Beat(1, 1);
		«ENDIF»
		«FOR clock : view.counting.clocks.all»

			/** «clock.comment» */
			private static final Pattern «clock.constant» = new Beat(«clock.ticks», «clock.cycles»);
		«ENDFOR»
	'''

	private def static CharSequence fields(HardwareView view) '''
		«FOR field : view.fields»

			«field.comment»
			private long «field.names»;
		«ENDFOR»

		// what control words say, decoded when they are first needed after a write: masks of counters
		private long kernelMode;
		private long userMode;
		private long anyThread;
		private long inTransaction;
		private long checkpointed;
		private long asking;
		«IF view.counting.groups.exists[isProgrammable]»
			/** Counters that add up occurrences of an event that is looked up under its code alone. */
			private long plain;
			/** What each programmable counter counts. */
			private long «view.counting.events»;
		«ENDIF»
		/** The counters whose control words have been written and not been decoded. */
		private long written;
	'''

	private def static CharSequence accesses(HardwareView view) '''

		@Override
		public long rdmsr(int address) {
		    return switch (address >>> 4) {
		        «FOR page : view.reads»
		            case «page.number» -> rdmsr«page.suffix»(address);
		        «ENDFOR»
		        default -> throw noRead(address);
		    };
		}
		«FOR page : view.reads»

			/** RDMSR of «page.range». */
			private long rdmsr«page.suffix»(int address) {
			    return switch (address) {
			        «FOR line : page.lines»
			            «line»
			        «ENDFOR»
			        default -> throw noRead(address);
			    };
			}
		«ENDFOR»

		@Override
		public void wrmsr(int address, long value) {
		    switch (address >>> 4) {
		        «FOR page : view.writes»
		            case «page.number» -> wrmsr«page.suffix»(address, value);
		        «ENDFOR»
		        default -> throw noWrite(address, value);
		    }
		}
		«FOR page : view.writes»

			/** WRMSR of «page.range». */
			private void wrmsr«page.suffix»(int address, long value) {
			    switch (address) {
			        «FOR line : page.lines»
			            «line»
			        «ENDFOR»
			        default -> throw noWrite(address, value);
			    }
			}
		«ENDFOR»

		@Override
		public long rdpmc(int ecx) {
		    «IF view.rdpmc.empty»
		        throw noRdpmc(ecx);
		    «ELSE»
		        if (!mayRdpmc()) {
		            throw noRdpmc(ecx);
		        }
		        return switch (ecx) {
		            «FOR c : view.rdpmc»
		                «c»
		            «ENDFOR»
		            default -> throw noRdpmc(ecx);
		        };
		    «ENDIF»
		}
		«IF !view.shared.empty»

			@Override
			protected void copyShared(PmuHardware from) {
			    «view.className» other = («view.className») from;
			    «FOR statement : view.shared»
			        «statement»
			    «ENDFOR»
			    written = -1;
			}
		«ENDIF»
	'''
}
