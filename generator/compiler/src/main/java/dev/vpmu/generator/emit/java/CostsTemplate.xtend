package dev.vpmu.generator.emit.java

/** The class of a table of costs. */
class CostsTemplate {

	def static CharSequence of(CostsView view) '''
		«view.header»
		package «view.javaPackage»;

		import dev.vpmu.runtime.costs.CostTable;
		import dev.vpmu.runtime.costs.Price;
		import java.util.List;

		«view.comment»
		public final class «view.className» implements CostTable.Source {

		    /** The table. */
		    public static final CostTable TABLE = new CostTable(«view.name», «view.cpu», «view.fitted», «view.hertz»L, List.of(
		            «view.prices»));

		    /** One is like another: it has no state. */
		    public «view.className»() {
		    }

		    @Override
		    public CostTable table() {
		        return TABLE;
		    }
		}
	'''
}
