package dev.vpmu.generator.emit.java

/** A guest's register accesses, once they have left guest mode. */
class VpmuAccessTemplate {

	def static CharSequence of(VpmuView view) '''

		/* ------------------------------------------------------------- the guest's accesses */

		@Override
		public long rdmsr(int address) {
		    return switch (address >>> 4) {
		        «FOR page : view.accesses.reads»
		            case «page.number» -> rdmsr«page.suffix»(address);
		        «ENDFOR»
		        default -> throw noRead(address);
		    };
		}
		«FOR page : view.accesses.reads»

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
		        «FOR page : view.accesses.writes»
		            case «page.number» -> wrmsr«page.suffix»(address, value);
		        «ENDFOR»
		        default -> throw noWrite(address, value);
		    }
		}
		«FOR page : view.accesses.writes»

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
		«FOR control : view.controls»

			«control.comment»
			private void «control.method»(long next) {
			    «FOR statement : control.statements»
			        «statement»
			    «ENDFOR»
			}
		«ENDFOR»

		@Override
		public long rdpmc(int ecx) {
		    «IF view.accesses.rdpmcChecked»
		        if (!mayRdpmc()) {
		            throw noRdpmc(ecx);
		        }
		        «rdpmc(view, "ecx", "noRdpmc(ecx)")»
		    «ELSE»
		        «rdpmc(view, "ecx & Integer.MAX_VALUE", "new IllegalStateException(\"RDPMC of counter \" + ecx + \", which is not there, is looked up all the same\")")»
		    «ENDIF»
		}
	'''

	private def static CharSequence rdpmc(VpmuView view, String number, String otherwise) '''
		return switch («number») {
		    «FOR c : view.accesses.rdpmc»
		        «c»
		    «ENDFOR»
		    default -> throw «otherwise»;
		};'''
}
