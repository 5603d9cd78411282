package dev.vpmu.dsl.resolve;

import dev.vpmu.dsl.model.EventRole;
import dev.vpmu.dsl.model.FieldRole;
import dev.vpmu.dsl.model.RegisterRole;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns the words of roles, which the parser hands over without the spaces between them, into the model's. */
public final class Words {

    private static final Map<String, FieldRole> FIELD_ROLES = index(FieldRole.values());
    private static final Map<String, RegisterRole> REGISTER_ROLES = index(RegisterRole.values());
    private static final Map<String, EventRole> EVENT_ROLES = index(EventRole.values());

    private Words() {
    }

    /** The role, or {@code NONE} where nothing is written. */
    public static FieldRole fieldRole(String words) {
        return FIELD_ROLES.getOrDefault(squeeze(words), FieldRole.NONE);
    }

    /** The role, or {@code PLAIN} where nothing is written. */
    public static RegisterRole registerRole(String words) {
        return REGISTER_ROLES.getOrDefault(squeeze(words), RegisterRole.PLAIN);
    }

    /** The role, or {@code null} where nothing is written. */
    public static EventRole eventRole(String words) {
        return EVENT_ROLES.get(squeeze(words));
    }

    private static String squeeze(String words) {
        return words == null ? "" : words.replaceAll("\\s", "");
    }

    private static <R extends Enum<R>> Map<String, R> index(R[] roles) {
        Map<String, R> index = new LinkedHashMap<>();
        for (R role : roles) {
            index.put(role.name().toLowerCase(java.util.Locale.ROOT).replace("_", ""), role);
        }
        return index;
    }
}
