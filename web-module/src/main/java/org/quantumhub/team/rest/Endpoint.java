package org.quantumhub.team.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A resource method as the API knows it.
///
/// @param name such as `GET /jobs/{id}`
/// @param resource the first part of its path, such as `jobs`
/// @param reads whether it changes nothing
/// @param entrance whether it belongs to `/auth`, by which people come in and go out: what keeps them from working must
/// not keep them from putting it right
record Endpoint(String name, String resource, boolean reads, boolean entrance) {

    private static final Map<Method, Endpoint> KNOWN = new ConcurrentHashMap<>();
    private static final String ENTRANCE = "auth";

    static Endpoint of(Method method) {
        return KNOWN.computeIfAbsent(method, Endpoint::read);
    }

    private static Endpoint read(Method method) {
        String path =
                (path(method.getDeclaringClass().getAnnotation(Path.class)) + path(method.getAnnotation(Path.class)));
        String[] parts = path.split("/", 3);
        String resource = parts.length > 1 ? parts[1] : "";
        boolean reads = method.isAnnotationPresent(GET.class) || method.isAnnotationPresent(HEAD.class);
        return new Endpoint(verb(method) + " " + path, resource, reads, resource.equals(ENTRANCE));
    }

    private static String path(@org.jspecify.annotations.Nullable Path path) {
        if (path == null || path.value().equals("/")) {
            return "";
        }
        return path.value().startsWith("/") ? path.value() : "/" + path.value();
    }

    private static String verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return verb.value();
            }
        }
        return "ANY";
    }
}
