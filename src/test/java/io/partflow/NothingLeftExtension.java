package io.partflow;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.stream.MemoryBudget;
import io.partflow.engine.stream.RunScope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test that leaves something behind: a thread of ours (any virtual one, and any named `partflow-`), an open
/// run scope, or bytes charged to a memory budget; and one whose runs have ended with numbers that do not add up.
///
/// Registered for every test by `META-INF/services`; runs after the test's own clean-up. A thread that was
/// told to end has a second to do so. Confined to the thread of the test.
public final class NothingLeftExtension implements AfterEachCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    // What an earlier test left is its fault alone.
    private static final Set<Thread> REPORTED = Collections.newSetFromMap(new WeakHashMap<>());
    private static int reportedScopes;
    private static long reportedBytes;

    @Override
    public synchronized void afterEach(ExtensionContext context) throws Exception {
        List<Thread> left = alive();
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : left) {
            long remainingNanos = deadlineNanos - System.nanoTime();
            thread.join(Math.max(1, Duration.ofNanos(remainingNanos).toMillis()));
        }
        left.removeIf(thread -> !thread.isAlive() || !REPORTED.add(thread));
        int openScopes = RunScope.openScopes();
        long chargedBytes = MemoryBudget.chargedBytes();
        int newScopes = openScopes - reportedScopes;
        long newBytes = chargedBytes - reportedBytes;
        reportedScopes = openScopes;
        reportedBytes = chargedBytes;

        String test = context.getDisplayName();
        if (!left.isEmpty()) {
            throw new AssertionError(describe(test, left));
        }
        if (newScopes > 0) {
            throw new AssertionError(test + " left " + newScopes + " run scope(s) open");
        }
        if (newBytes > 0) {
            throw new AssertionError(test + " left " + newBytes + " byte(s) charged");
        }
        List<String> errors = RunSnapshot.Balance.takeErrors();
        if (!errors.isEmpty()) {
            throw new AssertionError(
                    test + " ended runs whose numbers do not add up:\n  " + String.join("\n  ", errors));
        }
    }

    private static List<Thread> alive() throws ReflectiveOperationException {
        List<Thread> threads = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("partflow-")) {
                threads.add(thread);
            }
        }
        collectVirtual(Containers.root(), threads);
        threads.remove(Thread.currentThread());
        return threads;
    }

    private static void collectVirtual(Object container, List<Thread> threads) throws ReflectiveOperationException {
        try (Stream<?> inside = (Stream<?>) Containers.THREADS.invoke(container)) {
            inside.map(Thread.class::cast)
                    .filter(thread -> thread.isVirtual() && thread.isAlive())
                    .forEach(threads::add);
        }
        try (Stream<?> children = (Stream<?>) Containers.CHILDREN.invoke(container)) {
            for (Object child : children.toList()) {
                collectVirtual(child, threads);
            }
        }
    }

    private static String describe(String test, List<Thread> left) {
        StringBuilder text =
                new StringBuilder(test).append(" left ").append(left.size()).append(" thread(s) running:");
        for (Thread thread : left) {
            text.append("\n  ").append(thread);
            for (StackTraceElement frame : thread.getStackTrace()) {
                text.append("\n      at ").append(frame);
            }
        }
        return text.toString();
    }

    /// The JDK's own list of executors and scopes: `Thread.getAllStackTraces` leaves virtual threads out.
    private static final class Containers {

        static final Method CHILDREN;
        static final Method THREADS;
        private static final Method ROOT;

        static {
            try {
                ROOT = Class.forName("jdk.internal.vm.ThreadContainers").getMethod("root");
                Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer");
                CHILDREN = container.getMethod("children");
                THREADS = container.getMethod("threads");
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        static Object root() throws IllegalAccessException, InvocationTargetException {
            return ROOT.invoke(null);
        }
    }
}
