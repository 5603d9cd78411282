package dev.vpmu.dsl;

import com.google.inject.Binder;
import com.google.inject.name.Names;
import dev.vpmu.dsl.check.PmuResourceValidator;
import dev.vpmu.dsl.format.PmuFormatter;
import dev.vpmu.dsl.scoping.ExportedElements;
import dev.vpmu.dsl.scoping.PackageScopes;
import dev.vpmu.dsl.scoping.PmuNames;
import dev.vpmu.dsl.scoping.UnresolvedNames;
import dev.vpmu.dsl.syntax.PmuResource;
import dev.vpmu.dsl.syntax.PmuValueConverters;
import dev.vpmu.dsl.syntax.RepairingPmuParser;
import org.eclipse.xtext.conversion.IValueConverterService;
import org.eclipse.xtext.formatting2.IFormatter2;
import org.eclipse.xtext.linking.ILinkingDiagnosticMessageProvider;
import org.eclipse.xtext.naming.IQualifiedNameProvider;
import org.eclipse.xtext.parser.IParser;
import org.eclipse.xtext.resource.IDefaultResourceDescriptionStrategy;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.scoping.IScopeProvider;
import org.eclipse.xtext.scoping.impl.AbstractDeclarativeScopeProvider;
import org.eclipse.xtext.validation.IResourceValidator;

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

    @Override
    public Class<? extends IQualifiedNameProvider> bindIQualifiedNameProvider() {
        return PmuNames.class;
    }

    @Override
    public void configureIScopeProviderDelegate(Binder binder) {
        binder.bind(IScopeProvider.class).annotatedWith(Names.named(AbstractDeclarativeScopeProvider.NAMED_DELEGATE))
                .to(PackageScopes.class);
    }

    public Class<? extends IDefaultResourceDescriptionStrategy> bindIDefaultResourceDescriptionStrategy() {
        return ExportedElements.class;
    }

    public Class<? extends ILinkingDiagnosticMessageProvider> bindILinkingDiagnosticMessageProvider() {
        return UnresolvedNames.class;
    }

    public Class<? extends IResourceValidator> bindIResourceValidator() {
        return PmuResourceValidator.class;
    }

    public Class<? extends IFormatter2> bindIFormatter2() {
        return PmuFormatter.class;
    }
}
