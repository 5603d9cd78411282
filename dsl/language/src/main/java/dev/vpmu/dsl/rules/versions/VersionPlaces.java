package dev.vpmu.dsl.rules.versions;

import dev.vpmu.dsl.model.Place;
import dev.vpmu.dsl.model.RegisterRole;
import dev.vpmu.dsl.pmu.PmuPackage;
import dev.vpmu.dsl.pmu.Version;
import dev.vpmu.dsl.resolve.FlatPmu;
import dev.vpmu.dsl.resolve.Places;
import dev.vpmu.dsl.scoping.PmuChain;
import java.util.List;
import java.util.stream.Collectors;

/** Where a rule about an architectural version reports. */
final class VersionPlaces {

    private VersionPlaces() {
    }

    /** The number that the pmu itself gives; its name where it inherits the version. */
    static Place of(FlatPmu pmu) {
        return PmuChain.statements(pmu.pmu(), Version.class).stream().reduce((earlier, later) -> later)
                .map(version -> Places.of(version, PmuPackage.eINSTANCE.getVersion_Number())).orElseGet(() -> Places.ofName(pmu.pmu()));
    }

    /** Where the version is given, if the pmu inherits it. */
    static Place inherited(FlatPmu pmu) {
        Version version = pmu.nearest(Version.class).orElse(null);
        return version == null || version.eContainer() == pmu.pmu() ? null : Places.of(version, PmuPackage.eINSTANCE.getVersion_Number());
    }

    /** The roles of which the pmu has no register, as the language writes them: {@code 'is status', 'clears'}. */
    static String missing(FlatPmu pmu, List<RegisterRole> roles) {
        return roles.stream().filter(role -> pmu.registers(role).isEmpty()).map(VersionPlaces::text).collect(Collectors.joining(", "));
    }

    private static String text(RegisterRole role) {
        return switch (role) {
            case CLEAR -> "'clears'";
            case SET -> "'sets'";
            default -> "'is " + role.text() + "'";
        };
    }
}
