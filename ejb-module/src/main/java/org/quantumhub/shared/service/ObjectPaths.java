package org.quantumhub.shared.service;

import java.util.regex.Pattern;

/// What a path in the object store looks like. No part of it can lead out of the store.
final class ObjectPaths {

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]{1,64}(/[A-Za-z0-9_-]{1,64}){1,6}");

    private ObjectPaths() {}

    static boolean isPath(String path) {
        return PATH.matcher(path).matches();
    }

    static String checked(String path) {
        if (!isPath(path)) {
            throw new IllegalArgumentException("not a path of the object store: " + path);
        }
        return path;
    }
}
