package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Interrupts;
import io.partflow.cli.environment.Refusal;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheStore;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.insight.CacheInsight;
import io.partflow.engine.insight.NodeAnalysis;
import io.partflow.engine.insight.NodeInsight;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.Run;
import io.partflow.engine.run.RunFailure;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.run.StagePlan;
import io.partflow.engine.stream.CoarseClock;
import io.partflow.engine.trace.ProgramVersion;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.report.Amounts;
import io.partflow.pipeline.report.Assertion;
import io.partflow.pipeline.report.IndentedJson;
import io.partflow.pipeline.report.ReportJson;
import io.partflow.pipeline.report.ReportText;
import io.partflow.pipeline.report.RunReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Carries out one [RunOrder]: runs, prints, and says how the process ends. Confined to one thread, except
/// for [#interrupt()].
final class PlanRunner {
    private final CommandContext context;
    private final RunOrder order;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private volatile @Nullable Run run;
    private List<RunReport.Finding> findings = List.of();

    PlanRunner(CommandContext context, RunOrder order) {
        this.context = context;
        this.order = order;
    }

    /// Runs to the end, or to the user's interrupt, and prints.
    ///
    /// The watch on interrupts ends last, so that an interrupted process still prints all it has.
    ExitStatus run() throws InterruptedException, IOException {
        List<Problem> problems = new ArrayList<>(order.problems());
        try (Interrupts.Watch watch = context.interrupts().watch(this::interrupt)) {
            RunSnapshot snapshot = toEnd(problems);
            snapshot.recentFailures().forEach(failure -> problems.add(problem(failure)));
            snapshot.nodes().stream()
                    .filter(node -> node.unrouted() > 0)
                    .forEach(node -> problems.add(wentNowhere(node)));
            JsonObject numbers = ReportJson.numbers(snapshot);
            List<Assertion.Result> results =
                    order.assertions().stream().map(each -> each.check(numbers)).toList();
            RunReport report = new RunReport(
                    ProgramVersion.text(), order.pipeline(), order.settings(), snapshot, problems, results, findings);
            print(report);
            return status(report);
        }
    }

    private void interrupt() {
        interrupted.countDown();
        Run now = run;
        if (now != null) {
            now.cancel();
        }
    }

    private boolean isInterrupted() {
        return interrupted.getCount() == 0;
    }

    private RunSnapshot toEnd(List<Problem> problems) throws InterruptedException, IOException {
        try (CacheRoom caches = caches();
                ResultLines lines = results()) {
            RunOptions options = RunOptions.DEFAULT
                    .withClock(context.clock())
                    .withSpeed(order.settings().speed())
                    .withReading(order.settings().reading())
                    .withWriting(order.caching().writing())
                    .withMaxAgeMillis(order.caching().maxAgeMillis())
                    .withRecordTo(order.recording().file())
                    .withRecordLevel(order.recording().level())
                    .withTap(lines);
            try (CacheInsight insight = order.report() == null ? null : CacheInsight.of(caches, context.clock());
                    Run started = Run.start(order.plan(), caches, options)) {
                if (insight != null) {
                    insight.price(order.caching().prices());
                }
                run = started;
                lines.whenBroken(started::cancel);
                if (isInterrupted()) {
                    started.cancel();
                }
                try (Progress progress = Progress.start(started::snapshot, context)) {
                    started.await();
                }
                if (insight != null) {
                    findings = insight.snapshot().stream()
                            .map(node -> finding(insight, node))
                            .toList();
                }
                IOException failure = lines.finish();
                if (failure != null) {
                    problems.add(notWritten(failure));
                }
                RunSnapshot end = started.snapshot();
                for (CacheStore store : caches.stores()) {
                    store.flush();
                    store.problems().forEach(problem -> problems.add(ofStore(problem)));
                }
                return end;
            }
        }
    }

    /// The caches, with every store that the plan names open: a store that cannot be used is told before the run.
    private CacheRoom caches() {
        CacheRoom caches =
                new CacheRoom(CoarseClock.of(context.clock()), file -> SqliteStore.open(file, context.clock()));
        try {
            for (StagePlan stage : order.plan().stages()) {
                CacheSettings cache = stage.cache();
                Path store = cache == null || cache.tier() == CacheSettings.Tier.MEMORY
                        ? null
                        : cache.behaviour().store().file();
                if (store != null) {
                    var unused = caches.store(store);
                }
            }
            return caches;
        } catch (CacheStore.Unavailable e) {
            caches.close();
            throw CacheCommand.refusal(e);
        }
    }

    /// The run has done its work all the same; only what it should have kept is not kept.
    private static Problem ofStore(Failure failure) {
        String file = failure.file();
        return new Problem(
                failure.code(), Problem.Severity.WARNING, null, null, file, failure.message(), failure.remedy());
    }

    private RunReport.Finding finding(CacheInsight insight, NodeInsight node) {
        long now = context.clock().millis();
        return new RunReport.Finding(
                node,
                insight.history(node.node())
                        .map(history -> NodeAnalysis.of(history, now))
                        .orElse(NodeAnalysis.NONE));
    }

    private ResultLines results() {
        if (order.out() == null) {
            return order.report() == null ? ResultLines.to(context.out(), order.naming()) : ResultLines.nowhere();
        }
        try {
            return ResultLines.to(order.out(), order.naming());
        } catch (IOException e) {
            throw Refusal.unwritable(order.out().toString(), e);
        }
    }

    private Problem notWritten(IOException failure) {
        if (order.out() == null) {
            return Problem.ofPipeline(
                    "OUTPUT_NOT_WRITABLE",
                    Problem.Severity.ERROR,
                    "Results could not be written to standard output: its reader has gone, or there is no room; the"
                            + " run was stopped.",
                    "Use --out FILE.jsonl to keep all results.");
        }
        return Problem.ofFile(
                "OUTPUT_NOT_WRITABLE",
                Problem.Severity.ERROR,
                order.out().toString(),
                "Results could not be written to " + order.out() + ": " + failure.getMessage() + ".",
                "Check that there is room, and run again.");
    }

    /// Parts that are lost without a word look like parts that were never there.
    private static Problem wentNowhere(NodeSnapshot node) {
        return new Problem(
                "PARTS_WENT_NOWHERE",
                Problem.Severity.WARNING,
                node.id(),
                null,
                null,
                Amounts.count(node.unrouted()) + " of " + Amounts.count(node.partsOut())
                        + " parts are of a kind that no wire from here carries.",
                "Draw a wire to a step or a sink that takes them, or leave it so if they are not wanted.");
    }

    private Problem problem(RunFailure failure) {
        Problem.Severity severity = switch (failure.severity()) {
            case WARNING -> Problem.Severity.WARNING;
            case ERROR, FATAL -> Problem.Severity.ERROR;
        };
        return new Problem(
                failure.failure().code(),
                severity,
                failure.node().isEmpty() ? null : failure.node(),
                null,
                failure.failure().file() == null
                        ? null
                        : order.naming().apply(failure.failure().file()),
                order.naming().apply(failure.failure().message()),
                failure.failure().remedy());
    }

    private void print(RunReport report) {
        switch (order.report()) {
            case TEXT -> context.out().print(ReportText.of(report));
            case JSON -> {
                context.out().println(IndentedJson.of(ReportJson.of(report)));
                tellShortly(report);
            }
            case null -> tellShortly(report);
        }
        context.out().flush();
    }

    private void tellShortly(RunReport report) {
        PrintStream err = context.err();
        report.problems().forEach(problem -> err.println(ReportText.problem(problem)));
        report.assertions().stream()
                .filter(result -> result.verdict() == Assertion.Verdict.FAILED)
                .forEach(result -> err.println("assertion failed: " + ReportText.assertion(result)));
        err.println(report.snapshot().status().id() + ": " + Progress.words(report.snapshot()) + ", at most "
                + Amounts.bytes(report.snapshot().memory().highWaterBytes()) + " in flight");
        err.flush();
    }

    private ExitStatus status(RunReport report) {
        if (isInterrupted()) {
            return ExitStatus.INTERRUPTED;
        }
        boolean fine = report.snapshot().status() == RunStatus.COMPLETED
                && report.snapshot().failures() == 0
                && report.problems().stream().noneMatch(Problem::isError)
                && report.allPassed();
        return fine ? ExitStatus.FINE : ExitStatus.PROBLEMS;
    }
}
