package org.quantumhub.system.crash;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.quantumhub.execution.OpenTask;

/// Ends the machine on the spot, as `kill -9` does, where a file says so: `<method> <before|after> <which call>`.
///
/// With the word `naive` in another file every order goes out under a fresh token, as if none had been written down
/// before the call: the mistake that the storm must notice.
@CrashPoint
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class Crasher {

    private static final AtomicInteger CALLS = new AtomicInteger();

    @AroundInvoke
    Object around(InvocationContext call) throws Exception {
        Path folder = Path.of(System.getenv("HUB_CRASH_FOLDER"));
        if (call.getMethod().getName().equals("submit") && Files.exists(folder.resolve("naive"))) {
            Object[] parameters = call.getParameters();
            parameters[0] = withFreshToken((OpenTask) parameters[0]);
            call.setParameters(parameters);
        }
        crashIf(folder, call, "before");
        Object answer = call.proceed();
        if (meant(answer)) {
            crashIf(folder, call, "after");
        }
        return answer;
    }

    /// An empty list means that there was nothing to do.
    private static boolean meant(Object answer) {
        return !(answer instanceof java.util.List<?> list) || !list.isEmpty();
    }

    private static void crashIf(Path folder, InvocationContext call, String when) throws IOException {
        Path file = folder.resolve("crash");
        if (!Files.exists(file)) {
            return;
        }
        String[] plan = Files.readString(file).strip().split(" ", -1);
        if (plan[0].equals(call.getMethod().getName())
                && plan[1].equals(when)
                && CALLS.incrementAndGet() >= Integer.parseInt(plan[2])) {
            // only one thread finds the file
            if (Files.deleteIfExists(file)) {
                Runtime.getRuntime().halt(137);
            }
        }
    }

    private static OpenTask withFreshToken(OpenTask task) {
        return new OpenTask(
                task.id(),
                task.teamId(),
                task.jobId(),
                task.provider(),
                task.backend(),
                "qh-" + UUID.randomUUID(),
                task.state(),
                task.providerTaskId(),
                task.providerStatus(),
                task.submissions(),
                task.failures(),
                task.cancelSent(),
                task.fence(),
                task.jobStatus(),
                task.ageSeconds(),
                task.createdAt(),
                task.setJobs(),
                task.ownAccount());
    }
}
