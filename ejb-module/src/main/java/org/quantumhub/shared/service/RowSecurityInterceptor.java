package org.quantumhub.shared.service;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import org.quantumhub.shared.Caller;

/// Puts row-level security in front of every transactional service method that acts for a caller, so that no service
/// can forget it. Runs inside the transaction, which the container's interceptor has begun.
@Interceptor
@Transactional
@Priority(Interceptor.Priority.LIBRARY_BEFORE + 500)
public class RowSecurityInterceptor {

    @Inject
    RowSecurity rowSecurity;

    @AroundInvoke
    Object actForCaller(InvocationContext call) throws Exception {
        for (Object parameter : call.getParameters()) {
            if (parameter instanceof Caller caller) {
                rowSecurity.actFor(caller);
                break;
            }
        }
        return call.proceed();
    }
}
