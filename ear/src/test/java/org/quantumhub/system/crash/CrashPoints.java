package org.quantumhub.system.crash;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.util.Set;

/// Binds the crash interceptor to the two classes of the provider lane between whose calls everything is decided.
public class CrashPoints implements Extension {

    private static final Set<String> WATCHED =
            Set.of("org.quantumhub.execution.service.ProviderBooks", "org.quantumhub.execution.service.ProviderCalls");

    <T> void bind(@Observes ProcessAnnotatedType<T> type) {
        if (WATCHED.contains(type.getAnnotatedType().getJavaClass().getName())) {
            type.configureAnnotatedType().add(new CrashPoint.Literal());
        }
    }
}
