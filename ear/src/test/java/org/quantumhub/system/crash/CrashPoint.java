package org.quantumhub.system.crash;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On classes whose calls may be the last thing a server does.
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CrashPoint {

    /// For binding it to a class of the release.
    final class Literal extends AnnotationLiteral<CrashPoint> implements CrashPoint {}
}
