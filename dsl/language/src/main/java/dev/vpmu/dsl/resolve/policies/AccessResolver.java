package dev.vpmu.dsl.resolve.policies;

import dev.vpmu.dsl.model.policy.AccessModel;
import dev.vpmu.dsl.model.policy.AccessModel.Treatment;
import dev.vpmu.dsl.model.policy.WriteEffect;
import dev.vpmu.dsl.model.policy.WriteEffect.Kind;
import dev.vpmu.dsl.model.policy.WriteEffect.Scope;
import dev.vpmu.dsl.pmu.Access;
import dev.vpmu.dsl.pmu.Hide;
import dev.vpmu.dsl.pmu.Intercept;
import dev.vpmu.dsl.pmu.Passthrough;
import dev.vpmu.dsl.pmu.Register;
import dev.vpmu.dsl.pmu.WriteGuest;
import dev.vpmu.dsl.pmu.WriteHardware;
import dev.vpmu.dsl.pmu.WriteNothing;
import dev.vpmu.dsl.pmu.WriteReprogram;
import dev.vpmu.dsl.resolve.Origins;
import java.util.List;
import java.util.Optional;

/** Works out what a guest's accesses of every register do; the guest does not have what no statement is about. */
final class AccessResolver {

    private final FlatPolicy policy;

    AccessResolver(FlatPolicy policy) {
        this.policy = policy;
    }

    List<AccessModel> accesses() {
        return policy.pmu().registers().stream().map(this::access).toList();
    }

    private AccessModel access(Register register) {
        Optional<Access> said = policy.access(register);
        if (said.isEmpty()) {
            return plain(register, Treatment.HIDE, Origins.of(policy.policy()));
        }
        if (said.get() instanceof Intercept intercept) {
            return new AccessModel(register.getName(), Treatment.INTERCEPT, Expressions.of(intercept.getReading()),
                    Expressions.of(intercept.getOtherwise()), intercept.getEffects().stream().map(AccessResolver::effect).toList(),
                    Origins.of(intercept));
        }
        return plain(register, said.get() instanceof Hide ? Treatment.HIDE : said.get() instanceof Passthrough ? Treatment.PASS : Treatment.SHARE,
                Origins.of(said.get()));
    }

    private static AccessModel plain(Register register, Treatment treatment, dev.vpmu.dsl.model.Origin origin) {
        return new AccessModel(register.getName(), treatment, Optional.empty(), Optional.empty(), List.of(), origin);
    }

    private static WriteEffect effect(dev.vpmu.dsl.pmu.WriteEffect effect) {
        if (effect instanceof WriteGuest guest) {
            return new WriteEffect(Kind.GUEST, Scope.ALL, guest.isUnchecked());
        } else if (effect instanceof WriteHardware hardware) {
            return new WriteEffect(Kind.HARDWARE, hardware.isMasked() ? Scope.OWNED_BITS : hardware.isGuarded() ? Scope.WHILE_OWNED : Scope.ALL,
                    hardware.isUnchecked());
        }
        return new WriteEffect(effect instanceof WriteReprogram ? Kind.REPROGRAM : effect instanceof WriteNothing ? Kind.NOTHING : Kind.FAULT,
                Scope.ALL, false);
    }
}
