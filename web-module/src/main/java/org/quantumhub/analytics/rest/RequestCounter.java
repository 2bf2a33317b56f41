package org.quantumhub.analytics.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.quantumhub.analytics.service.RequestCounts;
import org.quantumhub.shared.Caller;
import org.quantumhub.shared.rest.Door;

/// Counts what callers ask for, by person, team and door: `GET /jobs/{id}`, not the address.
@Provider
@ApplicationScoped
public class RequestCounter implements ContainerResponseFilter {

    @Context
    ResourceInfo resource;

    @Inject
    RequestCounts counts;

    private final Map<Method, String> doors = new ConcurrentHashMap<>();

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Method method = resource.getResourceMethod();
        Optional<Caller> caller = Door.known(request.getSecurityContext());
        if (method == null || caller.isEmpty()) {
            return;
        }
        String door = doors.get(method);
        if (door == null) {
            door = request.getMethod() + " " + path(method);
            doors.put(method, door);
        }
        counts.count(caller.get().teamId(), caller.get().userId(), door);
    }

    private static String path(Method method) {
        Path here = method.getDeclaringClass().getAnnotation(Path.class);
        Path there = method.getAnnotation(Path.class);
        return (here == null ? "" : here.value()) + (there == null ? "" : there.value());
    }
}
