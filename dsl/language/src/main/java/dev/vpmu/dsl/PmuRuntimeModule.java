package dev.vpmu.dsl;

import org.eclipse.xtext.conversion.IValueConverterService;
import org.eclipse.xtext.parser.IParser;
import org.eclipse.xtext.resource.XtextResource;

import dev.vpmu.dsl.syntax.PmuResource;
import dev.vpmu.dsl.syntax.PmuValueConverters;
import dev.vpmu.dsl.syntax.RepairingPmuParser;

/** What the language is made of, as Guice bindings; everything not bound here is Xtext's default. */
public class PmuRuntimeModule extends AbstractPmuRuntimeModule {

	@Override
	public Class<? extends IParser> bindIParser() {
		return RepairingPmuParser.class;
	}

	@Override
	public Class<? extends XtextResource> bindXtextResource() {
		return PmuResource.class;
	}

	@Override
	public Class<? extends IValueConverterService> bindIValueConverterService() {
		return PmuValueConverters.class;
	}
}
