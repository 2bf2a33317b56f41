package org.quantumhub.hardware.service;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.List;
import org.quantumhub.hardware.Backend;
import org.quantumhub.hardware.DeviceType;
import org.quantumhub.hardware.Paradigm;

/// Backends without a database.
public final class TestBackends {

    private TestBackends() {}

    /// @param target what the provider calls it
    public static Backend of(String slug, String target, int qubits) {
        try {
            Constructor<Backend> constructor = Backend.class.getDeclaredConstructor();
            constructor.setAccessible(true);
            Backend backend = constructor.newInstance();
            set(backend, "slug", slug);
            set(backend, "providerTargetId", target);
            set(backend, "qubitCount", qubits);
            set(backend, "gateSet", List.of());
            set(backend, "paradigm", Paradigm.GATE);
            set(backend, "deviceType", DeviceType.QPU);
            return backend;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /// The same with native gates.
    public static Backend of(String slug, String target, int qubits, List<String> gates) {
        Backend backend = of(slug, target, qubits);
        try {
            set(backend, "gateSet", gates);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
        return backend;
    }

    /// The same as a simulator.
    public static Backend simulator(String slug, String target, int qubits) {
        Backend backend = of(slug, target, qubits);
        try {
            set(backend, "deviceType", DeviceType.SIMULATOR);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
        return backend;
    }

    private static void set(Backend backend, String name, Object value) throws ReflectiveOperationException {
        Field field = Backend.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(backend, value);
    }
}
